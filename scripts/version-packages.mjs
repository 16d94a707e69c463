// `changeset version`, after seeing to it that the command line is released with every library it carries inside: for
// changesets they are development dependencies, which nobody receives.
//   node scripts/version-packages.mjs [repository]
// No library: changesets pass over development dependencies, which are what the command line is made of.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const repository = resolve(process.argv[2] ?? root)

const released = new Set(pending().flatMap(namesIn))
if (released.size > 0 && !released.has('taskclf')) {
  const text = "---\n'taskclf': patch\n---\n\nCarries the new versions of its libraries.\n"
  writeFileSync(join(repository, '.changeset/carried-by-the-command-line.md'), text)
}
const changeset = join(root, 'node_modules/.bin/changeset')
const { status } = spawnSync(changeset, ['version'], {
  cwd: repository,
  stdio: ['ignore', 'inherit', 'inherit'],
})
process.exitCode = status ?? 1

function pending() {
  const dir = join(repository, '.changeset')
  return readdirSync(dir)
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => readFileSync(join(dir, file), 'utf8'))
}

/** The packages that a changeset releases: the keys of its front matter. */
function namesIn(text) {
  const [, head = ''] = /^---\n([\s\S]*?)\n---/.exec(text) ?? []
  return [...head.matchAll(/^["']?([^"':]+)["']?:/gm)].map(([, name]) => name)
}
