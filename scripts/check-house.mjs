// What the house promises of its source files and no other tool checks: length, table-of-contents entries, manifests.
// No library: Biome has rules for lines of a function and names of exports, none for lines of a file, a table of contents, or what a manifest must say.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkCommandLine } from './house/check-command-line.mjs'

const root = resolve(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)))
const MOST_LINES = 220
/** Packages that run anywhere, and all that they may depend on. */
const ALONE = {
  trees: [],
  'durable-fs': ['@taskclf/errors'],
  lightgbm: ['@taskclf/errors', '@taskclf/trees'],
}
const found = [...checkCommandLine(root)]

for (const name of readdirSync(join(root, 'packages'))) {
  const dir = join(root, 'packages', name)
  const manifest = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'))
  if (manifest.engines?.node !== '>=20.19') found.push(`${name}: engines.node must be ">=20.19"`)
  if (manifest.type !== 'module' || manifest.sideEffects !== false)
    found.push(`${name}: must be side-effect-free ESM`)
  const alone = ALONE[name]
  if (alone !== undefined && Object.keys(manifest.dependencies ?? {}).some((each) => !alone.includes(each)))
    found.push(`${name}: may depend on nothing but ${alone.join(', ') || 'itself'}`)
  for (const entry of readdirSync(join(dir, 'src'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const text = readFileSync(path, 'utf8')
    const lines = text.split('\n').length - 1
    const where = relative(root, path)
    if (lines > MOST_LINES) found.push(`${where}: ${lines} lines; at most ${MOST_LINES}, one purpose a file`)
    if (
      name !== 'cli' &&
      /\bprocess\.(exit|exitCode)\b|\bEXIT\b/.test(text.replace(/^\s*(\*|\/\/).*$/gm, ''))
    )
      found.push(`${where}: knows an exit code; the command line makes one of the error's code`)
    if (/^export \*/m.test(text)) found.push(`${where}: export *; name what is exported`)
    if (name !== 'cli' && /\bconsole\./.test(text.replace(/^\s*\*.*$/gm, '')))
      found.push(`${where}: a library prints`)
    if (/\/(src|dist)\//.test(text.match(/from '@taskclf\/[^']+'/g)?.join() ?? '')) {
      found.push(`${where}: reaches into another package`)
    }
  }
}
for (const entry of readdirSync(join(root, 'scripts'), { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name)
  if (entry.name.endsWith('.mjs') && !/^(\/\/.*\n)*\/\/ No library: /.test(readFileSync(path, 'utf8')))
    found.push(`${relative(root, path)}: say at its top why no library does it ("// No library: …")`)
}
if (found.length > 0) {
  process.stderr.write(`${found.join('\n')}\n`)
  process.exit(1)
}
