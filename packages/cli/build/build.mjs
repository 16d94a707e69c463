// Builds the program: what every start needs in one piece, and files beside it for what only some commands do. All inside, and no modules:
// node starts without its module loader. See docs/decisions/0008-command-line.md.
import { chmodSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { lateBuiltins } from './late-builtins.mjs'
import { notices } from './notices.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const dist = here('../dist')
const START = 'start'

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
      ...Object.fromEntries(packages),
    },
  },
  transform: { target: 'node20', define: { 'import.meta.dirname': '__dirname' } },
  treeshake: { moduleSideEffects: false },
  // Resolving is loaded with the start, and nevertheless on demand like any other command.
  checks: { ineffectiveDynamicImport: false },
}

/** Every module that `infer resolve`, the command that services run, needs: the rest of the program is in files that are loaded on demand. */
async function modulesOfStart() {
  const entry = {
    name: START,
    resolveId: (id) => (id === START ? id : undefined),
    load: (id) =>
      id === START
        ? `export * from ${JSON.stringify(here('../src/cli.ts'))}; export * from ${JSON.stringify(here('../src/commands/infer/resolve/run.ts'))}`
        : undefined,
  }
  const { output } = await (await rolldown({ ...common, input: START, plugins: [entry] })).generate()
  const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]))
  const needed = new Set([output[0].fileName])
  // A set that grows while it is gone through.
  for (const name of needed)
    for (const next of chunks.get(name).imports) if (chunks.has(next)) needed.add(next)
  return new Set([...needed].flatMap((name) => chunks.get(name).moduleIds))
}

const start = await modulesOfStart()
const program = await rolldown({
  ...common,
  input: { bin: 'src/bin.ts', 'parse-worker': '../lightgbm/src/parse-worker.ts' },
  preserveEntrySignatures: false,
  plugins: [lateBuiltins],
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
    groups: [{ name: START, test: (id) => start.has(id) }],
  },
})
chmodSync(join(dist, 'bin.cjs'), 0o755)
writeFileSync(join(dist, 'THIRD-PARTY.md'), notices(output.flatMap(({ moduleIds = [] }) => moduleIds)))

// Read by the schema generator, which brings zod.
const schemas = await rolldown({ ...common, input: 'src/json-schemas.ts', external: 'zod' })
await schemas.write({ dir: dist, format: 'es', entryFileNames: 'json-schemas.js' })
