// What a user of the packed packages gets, each from its tarball: the entries the design names and no others, the files
// that belong there, manifests without workspace protocols, publint --strict, and types that resolve for ESM (attw).
// No library: publint and attw do what can be known without this repository; the rest is which entries and files we promise.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { packPackages } from './pack-packages.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const run = promisify(execFile)

/** Entries besides `.` and `./schemas/*`. */
const MORE_ENTRIES = { 'registry-core': ['./format'], lightgbm: ['./worker'], registry: ['./memory'] }
/** The command line is no library: a program, its schemas, and its manifest for tools that ask for the version. */
const CLI_ENTRIES = ['./schemas/*', './package.json']
const BELONGS =
  /^(dist\/[\w.-]+\.(c?js|d\.ts|md)|dist\/help\/[\w./-]+\.txt|schemas\/[\w.-]+\.json|package\.json|README\.md|LICENSE)$/
const MUST_HAVE = ['package.json', 'README.md', 'LICENSE']
/** The page that the errors of the command line name. */
const ERRORS_PAGE = 'docs/reference/errors.md'

const problems = []
const scratch = mkdtempSync(join(tmpdir(), 'taskclf-packages-'))
try {
  const packed = packPackages(scratch)
  for (const one of packed) await check(one)
  process.stdout.write(`${packed.length} packages as they would be published: checked\n`)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`)
  process.exitCode = 1
}

async function check({ dir, tarball }) {
  const name = basename(dir)
  const say = (problem) => problems.push(`${name}: ${problem}`)
  const unpacked = join(scratch, name)
  mkdirSync(unpacked)
  await run('tar', ['-xzf', tarball, '-C', unpacked])
  const packageDir = join(unpacked, 'package')
  const manifest = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'))
  checkFiles(packageDir, name === 'cli' ? [ERRORS_PAGE] : [], say)
  checkManifest(name, manifest, packageDir, say)
  const { messages } = await publint({
    pkgDir: packageDir,
    pack: false,
    strict: true,
  })
  for (const message of messages) say(`publint: ${formatMessage(message, manifest, { color: false })}`)
  if (name !== 'cli') await checkTypes(tarball, say)
}

function checkFiles(packageDir, pages, say) {
  const files = readdirSync(packageDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(packageDir, join(entry.parentPath, entry.name)))
  const others = files.filter((file) => !BELONGS.test(file) && !pages.includes(file))
  for (const file of others) say(`${file} does not belong into the tarball`)
  for (const file of [...MUST_HAVE, ...pages])
    if (!files.includes(file)) say(`${file} is missing from the tarball`)
}

function checkManifest(name, manifest, packageDir, say) {
  const hasSchemas = readdirSync(packageDir).includes('schemas')
  const expected =
    name === 'cli'
      ? CLI_ENTRIES
      : ['.', ...(MORE_ENTRIES[name] ?? []), ...(hasSchemas ? ['./schemas/*'] : [])]
  const actual = Object.keys(manifest.exports ?? {})
  if (actual.toSorted().join() !== expected.toSorted().join())
    say(`exports ${actual.join(', ')}; the design names ${expected.join(', ')}`)
  const bins = Object.entries(manifest.bin ?? {})
  if (bins.map(([bin]) => bin).join() !== (name === 'cli' ? 'taskclf' : '')) say('only cli has a binary')
  for (const [bin, path] of bins) {
    const file = join(packageDir, path)
    if (!existsSync(file)) {
      say(`${bin} points to ${path}, which is not there`)
      continue
    }
    if (!readFileSync(file, 'utf8').startsWith('#!/usr/bin/env node\n')) say(`${bin} has no shebang`)
    if (process.platform !== 'win32' && (statSync(file).mode & 0o111) === 0) say(`${bin} is not executable`)
  }
  for (const [dependency, range] of Object.entries({
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
  })) {
    if (/^(workspace|catalog|link|file):/.test(range)) say(`${dependency} is "${range}" in the tarball`)
  }
  for (const script of ['preinstall', 'install', 'postinstall'])
    if (manifest.scripts?.[script] !== undefined) say(`runs ${script} on the user's machine`)
}

async function checkTypes(tarball, say) {
  const attw = join(root, 'node_modules/.bin/attw')
  const args = [tarball, '--profile', 'esm-only', '--no-color', '--no-emoji', '--format', 'ascii']
  await run(attw, args).catch((error) => say(`attw:\n${error.stdout}${error.stderr}`))
}
