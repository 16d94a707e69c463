import { join } from 'node:path'
import {
  type ActiveState,
  lookAtStore,
  type StoreLike,
  type StoreLook,
  tryBundle,
} from '@taskclf/active-pointer'
import {
  type Bundle,
  type BundleChecks,
  type CheckedBundle,
  collectBundles,
  type InvalidBundle,
  type ValidBundle,
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
  /** Where they are, for people. */
  location: string
  models: readonly ModelVerification[]
}

/** Reads every byte of the models asked for, or of all, and loads them. Every id is looked up before any work is done. */
export async function verifyModels(
  where: StoreLike,
  { modelIds, load = true, onProgress = () => {}, checks }: VerifyOptions & { checks?: BundleChecks },
): Promise<Verification> {
  const store = lookAtStore(where)
  const asked =
    modelIds === undefined
      ? await collectBundles(store.bundles)
      : await Promise.all(modelIds.map((id) => readModel(store, id)))
  const active = await store.pointer.read()
  const found: ModelVerification[] = []
  for (const [i, bundle] of asked.entries()) {
    onProgress(bundle.modelId, i + 1, asked.length)
    found.push(await verifyModel(store, bundle, active, load ? { checks } : undefined))
  }
  return { location: store.location, models: found }
}

async function verifyModel(
  store: StoreLook,
  bundle: Bundle,
  active: ActiveState,
  loading: { checks: BundleChecks | undefined } | undefined,
): Promise<ModelVerification> {
  const report = await verifyFiles(store, bundle)
  if (loading === undefined || report.bundle.status === 'invalid') return report
  const checks = await tryBundle(store, report.bundle, loading.checks, active)
  return { ...report, ok: report.ok && checks.status !== 'failed', checks }
}

async function verifyFiles({ local, bundles }: StoreLook, bundle: Bundle): Promise<VerifyReport> {
  if (bundle.status === 'invalid' && (local === undefined || isUnusable(bundle))) return asRead(bundle)
  if (local) return verifyBundle(join(local.dir.root, bundle.modelId), { modelsDir: local.dir.root })
  await using fetched = await bundles.fetch(bundle as ValidBundle)
  return verifyBundle(fetched.bundle.path)
}

/** Its name is not what leads to it: what the scan says is all that can be said. */
const isUnusable = (bundle: InvalidBundle): boolean =>
  bundle.problems.some(({ code }) => code === 'unusable_name')

function asRead(bundle: InvalidBundle): VerifyReport {
  const { modelId, location, problems } = bundle
  const nothing = { ok: false, verified: false, files: [], warnings: [] }
  return {
    modelId,
    path: location,
    bundle: { ...bundle, path: location },
    problems: [...problems],
    ...nothing,
  }
}
