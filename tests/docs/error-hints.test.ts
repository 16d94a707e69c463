// Who uses the libraries without the command line is told what to do, too: one failing call for each class of errors.
import { join } from 'node:path'
import { ACTIVE_POINTER_ERRORS, ActivePointerError, rollbackActive } from '@taskclf/active-pointer'
import { DATASET_ERRORS, DatasetError, readRows } from '@taskclf/dataset'
import { DURABLE_FS_ERRORS, DurableFsError, hashFile } from '@taskclf/durable-fs'
import { type CodeTable, TaskclfError } from '@taskclf/errors'
import {
  createModelReloader,
  RELOAD_ERRORS,
  RESOLVE_ERRORS,
  ReloadError,
  ResolveError,
  resolveModelDir,
} from '@taskclf/infer-resolver'
import { LIGHTGBM_ERRORS, LightgbmError, parseModel } from '@taskclf/lightgbm'
import { loadPredictor, PREDICTOR_ERRORS, PredictorError } from '@taskclf/predictor'
import { PROMOTION_ERRORS, PromotionError, promote } from '@taskclf/promotion'
import {
  type LocalValidBundle,
  listBundles,
  REGISTRY_ERRORS,
  RegistryError,
  readBundle,
} from '@taskclf/registry-core'
import { RUNS_ERRORS, RunsError, readRun } from '@taskclf/runs'
import { copyDemoModels, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

async function valid(): Promise<LocalValidBundle> {
  const bundle = await readBundle(writeBundle(scratchDir(), 'run-a'))
  if (bundle.status === 'invalid') throw new Error('the bundle is not valid')
  return bundle
}

async function lastRow(path: string): Promise<unknown> {
  let last: unknown
  for await (const row of readRows(path)) last = row
  return last
}

async function closedReloader(): Promise<unknown> {
  const reloader = await createModelReloader({
    modelsDir: copyDemoModels(scratchDir()),
    load: async () => ({}),
  })
  await reloader.close()
  return reloader.use(() => undefined)
}

it.each<[string, new (...given: never[]) => TaskclfError, CodeTable, () => unknown]>([
  ['read_failed', DurableFsError, DURABLE_FS_ERRORS, () => hashFile(join(scratchDir(), 'absent'))],
  ['models_dir_missing', RegistryError, REGISTRY_ERRORS, () => listBundles(join(scratchDir(), 'absent'))],
  ['no_active_pointer', ActivePointerError, ACTIVE_POINTER_ERRORS, () => rollbackActive(scratchDir())],
  ['nothing_to_resolve', ResolveError, RESOLVE_ERRORS, () => resolveModelDir({} as never)],
  ['closed', ReloadError, RELOAD_ERRORS, closedReloader],
  ['bad_header', LightgbmError, LIGHTGBM_ERRORS, () => parseModel('no model\n')],
  [
    'invalid_threshold',
    PredictorError,
    PREDICTOR_ERRORS,
    async () => loadPredictor(await valid(), { rejectThreshold: 2 }),
  ],
  ['unknown_format', DatasetError, DATASET_ERRORS, () => lastRow(join(scratchDir(), 'rows.parquet'))],
  ['invalid_run_id', RunsError, RUNS_ERRORS, () => readRun(scratchDir(), '../elsewhere')],
  [
    'candidate_invalid',
    PromotionError,
    PROMOTION_ERRORS,
    () => promote({ candidateDir: scratchDir(), modelsDir: copyDemoModels(scratchDir()) }),
  ],
])('brings %s with the hint of its table', async (code, type, table, fail) => {
  const error: unknown = await (async () => fail())().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(type)
  expect(error).toBeInstanceOf(TaskclfError)
  expect(error).toMatchObject({ code, hint: table[code]?.hint })
})
