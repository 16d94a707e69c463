// Writes docs/reference: commands, error codes, schemas and libraries, each from what the code declares. With --check it
// writes nothing and fails on drift. Needs no build, but the API reports (npm run api).
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { apiPages } from './references/api-pages.mjs'
import { cliPage } from './references/cli-page.mjs'
import { errorsPage } from './references/errors-page.mjs'
import { loadDeclarations } from './references/load-declarations.mjs'
import { schemasPage } from './references/schemas-page.mjs'

const reference = fileURLToPath(new URL('../docs/reference', import.meta.url))
const checkOnly = process.argv.includes('--check')

const declarations = await loadDeclarations()
const pages = {
  'commands.md': cliPage(declarations),
  'errors.md': errorsPage(declarations),
  'schemas.md': schemasPage(),
  ...Object.fromEntries(Object.entries(apiPages()).map(([file, text]) => [`api/${file}`, text])),
}

const drifted = [
  ...Object.entries(pages)
    .filter(([file, text]) => read(file) !== text)
    .map(([file]) => file),
  ...strangers(),
]
if (checkOnly && drifted.length > 0) {
  for (const file of drifted) process.stderr.write(`docs/reference/${file} is not what the code says\n`)
  process.stderr.write('Run: npm run docs:reference\n')
  process.exitCode = 1
} else if (!checkOnly) {
  for (const file of strangers()) rmSync(join(reference, file))
  for (const [file, text] of Object.entries(pages)) write(file, text)
}

function read(file) {
  const path = join(reference, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

function write(file, text) {
  if (read(file) === text) return
  mkdirSync(dirname(join(reference, file)), { recursive: true })
  writeFileSync(join(reference, file), text)
  process.stdout.write(`wrote docs/reference/${file}\n`)
}

/** Pages of what is no more. */
function strangers() {
  if (!existsSync(reference)) return []
  return readdirSync(reference, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(reference, join(entry.parentPath, entry.name)))
    .filter((file) => !Object.hasOwn(pages, file))
}
