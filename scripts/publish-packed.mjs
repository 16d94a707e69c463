// Publishes the tarballs that were packed and tested, but for the versions that the registry has: so a release that was
// cut off is finished by running it again. Builds nothing and needs nothing but node and npm.
//   node scripts/publish-packed.mjs DIR [--dry-run]
// No library: `changeset publish` packs again, so that what is published would not be what was tested.
import { spawnSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { readPacked } from './pack-packages.mjs'

const [dir, ...flags] = process.argv.slice(2)
if (dir === undefined) {
  process.stderr.write('say where the tarballs are\n')
  process.exit(2)
}
let published = 0
for (const { manifest, tarball } of readPacked(dir)) {
  const spec = `${manifest.name}@${manifest.version}`
  if (isPublished(spec)) {
    process.stdout.write(`${spec} is published already\n`)
    continue
  }
  const { status } = spawnSync('npm', ['publish', tarball, '--access', 'public', ...flags], {
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
  published++
}
if (process.env.GITHUB_OUTPUT) appendFileSync(process.env.GITHUB_OUTPUT, `published=${published > 0}\n`)

/** A registry that does not answer is an error: nothing is published on a guess. */
function isPublished(spec) {
  const { status, stdout, stderr } = spawnSync('npm', ['view', spec, 'version', '--json'], {
    encoding: 'utf8',
  })
  if (status === 0) return stdout.trim() !== ''
  if (/E404/.test(`${stdout}${stderr}`)) return false
  throw new Error(`the registry does not say whether ${spec} is published: ${stderr}`)
}
