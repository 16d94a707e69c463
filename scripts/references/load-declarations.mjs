// What the sources declare, without a build: commands and their flags, exit codes, the codes of every library's errors.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))

const DECLARATIONS = `
export { COMMANDS } from './packages/cli/src/commands/all.js'
export { GLOBAL_FLAGS } from './packages/cli/src/args/global-flags.js'
export { CLI_ERROR_EXITS } from './packages/cli/src/errors.js'
export { LIBRARY_EXITS } from './packages/cli/src/render/library-exits.js'
export { ACTIVE_POINTER_ERROR_CODES } from '@taskclf/active-pointer'
export { DATASET_ERROR_CODES } from '@taskclf/dataset'
export { DURABLE_FS_ERROR_CODES } from '@taskclf/durable-fs'
export { RELOAD_ERROR_CODES, RESOLVE_ERROR_CODES } from '@taskclf/infer-resolver'
export { LIGHTGBM_ERROR_CODES } from '@taskclf/lightgbm'
export { PREDICTOR_ERROR_CODES } from '@taskclf/predictor'
export { PROMOTION_ERROR_CODES } from '@taskclf/promotion'
export { PROBLEM_CODES, REGISTRY_ERROR_CODES, WARNING_CODES } from '@taskclf/registry-core'
export { RUN_FAILURE_CODES, RUNS_ERROR_CODES } from '@taskclf/runs'
`

/** Answers the exports listed above, from the sources as they are now. */
export async function loadDeclarations() {
  const dir = mkdtempSync(join(tmpdir(), 'taskclf-declarations-'))
  const outfile = join(dir, 'declarations.mjs')
  try {
    await build({
      stdin: { contents: DECLARATIONS, resolveDir: root, loader: 'ts', sourcefile: 'declarations.ts' },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      tsconfig: join(root, 'tsconfig.json'),
      logLevel: 'error',
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
      },
    })
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
