import { join } from 'node:path'
import { type ActiveState, readActive, tryBundle } from '@taskclf/active-pointer'
import {
  type BundleChecks,
  type CheckedBundle,
  type LocalBundle,
  type LocalInvalidBundle,
  listBundles,
  lookAtModelsDir,
  type ModelsDirLike,
  type ModelsDirLook,
  type VerifyReport,
  verifyBundle,
} from '@taskclf/registry-core'
import { readModel } from './read-model.js'

/** Which models are verified, and how. */
export interface VerifyOptions {
  /** Default: all of them. */
  modelIds?: readonly string[]
  /** Whether they are loaded, too (default `true`, as far as the registry has checks). */
  load?: boolean
  /** Hears of each model before it is read. */
  onProgress?: (modelId: string, at: number, of: number) => void
}

/** What became of one model's verification; `ok` when its files are whole, and nothing failed where it was tried. */
export interface ModelVerification extends VerifyReport {
  /** What loading it found, and comparing the active one with what was activated; absent where it was not loaded. */
  checks?: CheckedBundle['result']
}

/** What became of the models of a registry, in the order in which they were asked for, else of their ids. */
export interface Verification {
  modelsDir: ModelsDirLook
  models: readonly ModelVerification[]
}

/** Reads every byte of the models asked for, or of all, and loads them. Every id is looked up before any work is done. */
export async function verifyModels(
  modelsDir: ModelsDirLike,
  { modelIds, load = true, onProgress = () => {}, checks }: VerifyOptions & { checks?: BundleChecks },
): Promise<Verification> {
  const look = lookAtModelsDir(modelsDir)
  const asked =
    modelIds === undefined
      ? await listBundles(look)
      : await Promise.all(modelIds.map((id) => readModel(look, id)))
  const active = await readActive(look)
  const found: ModelVerification[] = []
  for (const [i, bundle] of asked.entries()) {
    onProgress(bundle.modelId, i + 1, asked.length)
    found.push(await verifyModel(look, bundle, active, load ? { checks } : undefined))
  }
  return { modelsDir: look, models: found }
}

async function verifyModel(
  { root }: ModelsDirLook,
  bundle: LocalBundle,
  active: ActiveState,
  loading: { checks: BundleChecks | undefined } | undefined,
): Promise<ModelVerification> {
  const report = isUnusable(bundle)
    ? asRead(bundle)
    : await verifyBundle(join(root, bundle.modelId), { modelsDir: root })
  if (loading === undefined || report.bundle.status === 'invalid') return report
  const checks = await tryBundle(report.bundle, loading.checks, active)
  return { ...report, ok: report.ok && checks.status !== 'failed', checks }
}

/** Its name is not what leads to it: what the scan says is all that can be said. */
const isUnusable = (bundle: LocalBundle): bundle is LocalInvalidBundle =>
  bundle.status === 'invalid' && bundle.problems.some(({ code }) => code === 'unusable_name')

function asRead(bundle: LocalInvalidBundle): VerifyReport {
  const { modelId, path, problems } = bundle
  const nothing = { ok: false, verified: false, files: [], warnings: [] }
  return { modelId, path, bundle, problems: [...problems], ...nothing }
}
