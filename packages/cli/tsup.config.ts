import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Options } from 'tsup'
import { base } from '../../tsup.base.js'
import { directImports } from './build/direct-imports.js'
import { shortProgram } from './build/short-program.js'
import { thirdParty } from './build/third-party.js'
import { writeHelp } from './build/write-help.js'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const packages = Object.fromEntries(
  readdirSync(here('..'))
    .filter((name) => name !== 'cli')
    .map((name) => [`@taskclf/${name}`, here(`../${name}/src/index.ts`)]),
)

// Programs in one file, all but zod inside: a start reads one or two. Not modules: node starts without its module loader.
// See docs/decisions/0008-command-line.md.
const program: Options = {
  ...base,
  format: ['cjs'],
  dts: false,
  // Three builds into one place, each of files that never change their names.
  clean: false,
  splitting: false,
  treeshake: false,
  shims: true,
  removeNodeProtocol: false,
  noExternal: [/^@taskclf\//, 'yargs'],
  esbuildOptions: (options) => {
    // Names stay, for the stacks of --debug.
    options.minifyWhitespace = true
    options.minifySyntax = true
    options.define = { ...options.define, 'import.meta.dirname': '__dirname' }
    options.alias = {
      ...packages,
      '@taskclf/lightgbm/worker': here('../lightgbm/src/worker.ts'),
      '@taskclf/registry-core/nearest-name': here('../registry-core/src/nearest-name.ts'),
      'string-width': here('build/string-width.js'),
      'escalade/sync': here('build/escalade.js'),
    }
  },
}

export default defineConfig([
  {
    ...program,
    entry: { cli: 'src/cli.ts' },
    esbuildPlugins: [directImports(packages), thirdParty(here('dist'))],
    onSuccess: () => writeHelp(here('dist')),
  },
  {
    ...program,
    entry: { bin: 'src/bin.ts', 'train-list': 'src/plain-train-list.ts' },
    // They show no stacks: what fails, fails again in the whole program.
    minify: true,
    esbuildPlugins: [directImports(packages), shortProgram(here('build/on-occasion.js'))],
  },
  {
    ...program,
    entry: { 'on-occasion': 'build/on-occasion.js' },
    minify: true,
    esbuildPlugins: [directImports(packages)],
  },
  // The worker in which large models are parsed.
  { ...program, entry: { 'parse-worker': '../lightgbm/src/parse-worker.ts' }, minify: true },
  // Read by the schema generator.
  { ...base, entry: ['src/json-schemas.ts'], dts: false, clean: false, splitting: false },
])
