// Writes docs/reference, commands, error codes, schemas and states, each from what the code declares, the tables of codes in
// READMEs and pages, the table of findings in docs/testing.md, and that of changes in ARCHITECTURE.md. With --check it writes nothing and fails on drift. Needs no build.
// No library: TypeDoc makes the pages of exports; commands, codes and states are declared in tables of ours.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cliPage } from './references/cli-page.mjs'
import { PAGES_WITH_CODES, withCodes } from './references/code-parts.mjs'
import { errorsPage, shippedErrorsPage } from './references/errors-page.mjs'
import { withFindings } from './references/findings-part.mjs'
import { loadDeclarations } from './references/load-declarations.mjs'
import { withRooms } from './references/rooms-part.mjs'
import { schemasPage } from './references/schemas-page.mjs'
import { statesPage } from './references/states-page.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const reference = join(root, 'docs/reference')
const checkOnly = process.argv.includes('--check')

const declarations = await loadDeclarations()
const errors = errorsPage(declarations)
const pages = {
  'docs/reference/commands.md': cliPage(declarations),
  'docs/reference/errors.md': errors,
  'docs/reference/schemas.md': schemasPage(),
  'docs/reference/states.md': statesPage(),
  ...Object.fromEntries(PAGES_WITH_CODES.map((file) => [file, withCodes(read(file), declarations)])),
  'docs/testing.md': withFindings(read('docs/testing.md')),
  'ARCHITECTURE.md': await withRooms(read('ARCHITECTURE.md')),
  // What the command line's errors name, for those who have the package and nothing else.
  'packages/cli/docs/reference/errors.md': shippedErrorsPage(errors),
}

const drifted = [
  ...Object.entries(pages)
    .filter(([file, text]) => read(file) !== text)
    .map(([file]) => file),
  ...strangers(),
]
if (checkOnly && drifted.length > 0) {
  for (const file of drifted) process.stderr.write(`${file} is not what the code says\n`)
  process.stderr.write('Run: npm run docs:reference\n')
  process.exitCode = 1
} else if (!checkOnly) {
  for (const file of strangers()) rmSync(join(root, file))
  for (const [file, text] of Object.entries(pages)) write(file, text)
}

function read(file) {
  const path = join(root, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

function write(file, text) {
  if (read(file) === text) return
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
  process.stdout.write(`wrote ${file}\n`)
}

/** Pages of what is no more. */
function strangers() {
  if (!existsSync(reference)) return []
  return (
    readdirSync(reference, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      // What TypeDoc writes is made with the site, and not kept.
      .filter((file) => !Object.hasOwn(pages, file) && !file.startsWith('docs/reference/api/'))
  )
}
