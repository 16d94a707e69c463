// What the sources declare, without a build: commands and their flags, exit codes, the tables of codes of every package.
// No library: a few lines around esbuild.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))

const DECLARATIONS = `
export { COMMANDS } from './packages/cli/src/commands/all.js'
export { FLAGS_ERRORS, GLOBAL_FLAGS } from '@taskclf/flags'
export { CLI_ERRORS } from './packages/cli/src/error-table.js'
export { ERROR_EXITS } from './packages/cli/src/render/error-exits.js'
export { ACTIVE_POINTER_ERRORS, POINTER_PROBLEMS } from '@taskclf/active-pointer'
export { DATASET_ERRORS } from '@taskclf/dataset'
export { DURABLE_FS_ERRORS } from '@taskclf/durable-fs'
export { RELOAD_ERRORS, RESOLVE_ERRORS } from '@taskclf/infer-resolver'
export { LIGHTGBM_ERRORS } from '@taskclf/lightgbm'
export { ONNX_ERRORS } from '@taskclf/onnx'
export { PREDICTOR_ERRORS } from '@taskclf/predictor'
export { PROMOTION_ERRORS } from '@taskclf/promotion'
export { REGISTRY_USE_ERRORS } from '@taskclf/registry'
export { BUNDLE_PROBLEMS, BUNDLE_WARNINGS, REGISTRY_ERRORS } from '@taskclf/registry-core'
export { SETTINGS_ERRORS } from '@taskclf/settings'
export { configSchema } from './packages/settings/src/config-schema.js'
export { RUN_FAILURES, RUNS_ERRORS } from '@taskclf/runs'
export {
  EXCLUSION_ANSWERS, GATE_ANSWERS, INCOMPATIBLE_ANSWERS, REGRESSION_ANSWERS, SWITCH_ANSWERS,
  policyFileSchema,
} from '@taskclf/selection-policy'
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
      // A peer that brings native code, which no declaration needs.
      external: ['onnxruntime-node'],
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
