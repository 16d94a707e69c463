// Builds the program: what every start needs in one piece, and files beside it for what only some commands do. All inside, and no modules:
// node starts without its module loader. See docs/decisions/0008-command-line.md.
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { asciiCode } from './ascii-code.mjs'
import { lateBuiltins } from './late-builtins.mjs'
import { lateChunk } from './late-chunk.mjs'
import { notices } from './notices.mjs'
import { plainExports } from './plain-exports.mjs'
import { plainNamespaces } from './plain-namespaces.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const dist = here('../dist')

/** Our packages from their sources. */
const packages = readdirSync(here('../..'))
  .filter((name) => name !== 'cli')
  .map((name) => [`@taskclf/${name}`, here(`../../${name}/src/index.ts`)])

const common = {
  cwd: here('..'),
  platform: 'node',
  resolve: {
    alias: {
      '@taskclf/lightgbm/worker': here('../../lightgbm/src/worker.ts'),
      '@taskclf/registry-core/format': here('../../registry-core/src/format.ts'),
      ...Object.fromEntries(packages),
    },
  },
  transform: { target: 'node20', define: { 'import.meta.dirname': '__dirname' } },
  treeshake: { moduleSideEffects: false },
  // Resolving is loaded with the start, and nevertheless on demand like any other command.
  checks: { ineffectiveDynamicImport: false },
}

/** What a start loads for failures and rare cases only: it is loaded when something of it is used. */
const SELDOM = [
  '/error-table.ts',
  'fastest-levenshtein/mod.js',
  'errors/src/nearest-name.ts',
  'durable-fs/src/follow-directory.ts',
  'active-pointer/src/local/as-pointer-error.ts',
  'active-pointer/src/local/directory-events.ts',
  'active-pointer/src/local/history-tail.ts',
  'active-pointer/src/local/read-linked.ts',
  'registry-core/src/local/locate-link.ts',
  'registry-core/src/local/read-linked-bundle.ts',
  'registry-core/src/local/bundle-fingerprint.ts',
  'registry-core/src/format/bundle-json.ts',
  'registry-core/src/format/check-document.ts',
  'registry-core/src/format/describe.ts',
  'registry-core/src/format/duplicate-keys.ts',
  'selection-policy/src/nearest-metric.ts',
  'infer-resolver/src/resolve-override.ts',
  'flags/src/refuse-command.ts',
  'runs/src/failure-codes.ts',
]

/** Every module that these need, but for what they load on demand. */
async function modulesOf(files) {
  const entry = {
    name: 'entry',
    resolveId: (id) => (id === 'entry' ? id : undefined),
    load: (id) =>
      id === 'entry'
        ? files.map((file, n) => `export * as part${n} from ${JSON.stringify(here(file))}`).join('\n')
        : undefined,
  }
  const { output } = await (await rolldown({ ...common, input: 'entry', plugins: [entry] })).generate()
  const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]))
  const needed = new Set([output[0].fileName])
  // A set that grows while it is gone through.
  for (const name of needed)
    for (const next of chunks.get(name).imports) if (chunks.has(next)) needed.add(next)
  return new Set([...needed].flatMap((name) => chunks.get(name).moduleIds))
}

/** The work of a command. */
const work = (command) => `../src/commands/${command}/run.ts`

// What `infer resolve` needs, the command that services run; what those that list need besides; those that judge; policies; runs.
const start = await modulesOf(['../src/cli.ts', work('infer/resolve')])
const list = await modulesOf([
  ...['train/list', 'policy/show', 'model/history', 'train/check-retrain'].map(work),
  '../../settings/src/load-policy.ts',
  '../../registry/src/list/overview.ts',
  '../../registry/src/check-retrain.ts',
])
const judge = await modulesOf([
  ...['model/select', 'model/why', 'model/verify'].map(work),
  '../../registry/src/why/explain.ts',
  '../../registry/src/select.ts',
  '../../registry/src/verify-models.ts',
])
const policy = await modulesOf([work('policy/check')])
const runs = await modulesOf(
  ['runs/list', 'runs/show', 'runs/tail'].map(work).concat('../../promotion/src/last-run.ts'),
)
const isSeldom = (id) => SELDOM.some((end) => id.endsWith(end))
/** What explains documents that are not as they should be: zod, and what is written in it. */
const isSchema = (id) =>
  id.includes('/node_modules/zod/') ||
  (isAbsolute(id) && /^import \{ z \} from 'zod'$/m.test(readFileSync(id, 'utf8')))
const program = await rolldown({
  ...common,
  input: { bin: 'src/bin.ts', 'parse-worker': '../lightgbm/src/parse-worker.ts' },
  preserveEntrySignatures: false,
  plugins: [
    lateBuiltins,
    plainNamespaces,
    ...['rolldown_runtime', 'schemas', 'seldom'].map(lateChunk),
    plainExports,
    asciiCode,
  ],
})
rmSync(dist, { recursive: true, force: true })
const { output } = await program.write({
  dir: dist,
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name]-[hash].cjs',
  // Names of functions stay, for the stacks of --debug.
  minify: { compress: true, mangle: { toplevel: false }, codegen: { removeWhitespace: true } },
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [
      { name: 'schemas', test: isSchema, priority: 6 },
      { name: 'seldom', test: isSeldom, priority: 5 },
      { name: 'start', test: (id) => start.has(id), priority: 4 },
      { name: 'list', test: (id) => list.has(id), priority: 3 },
      { name: 'judge', test: (id) => judge.has(id), priority: 2 },
      { name: 'policy', test: (id) => policy.has(id), priority: 1 },
      { name: 'runs', test: (id) => runs.has(id), priority: 1 },
    ],
  },
})
chmodSync(join(dist, 'bin.cjs'), 0o755)
writeFileSync(join(dist, 'THIRD-PARTY.md'), notices(output.flatMap(({ moduleIds = [] }) => moduleIds)))

// Read by the schema generator, which brings zod.
const schemas = await rolldown({ ...common, input: 'src/json-schemas.ts', external: 'zod' })
await schemas.write({ dir: dist, format: 'es', entryFileNames: 'json-schemas.js' })
