import { join } from 'node:path'
import { readActive, tryBundle } from '@taskclf/active-pointer'
import {
  type Bundle,
  type InvalidBundle,
  listBundles,
  lookAtModelsDir,
  type VerifyReport,
  verifyBundle,
} from '@taskclf/registry-core'
import type { GlobalOptions, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { ModelVerify } from '../../../documents/model.js'
import { EXIT } from '../../../exit-codes.js'
import { checksOf } from '../../shared/checks.js'
import { promotedBundle } from '../../shared/promoted-bundle.js'
import type { MODEL_VERIFY_FLAGS } from './flags.js'

/** Reads every byte of the models asked for, or of all. */
export async function run(
  { words, ...options }: OptionsOf<typeof MODEL_VERIFY_FLAGS> & GlobalOptions,
  { settings, progress }: Context,
): Promise<Outcome<ModelVerify>> {
  const modelsDir = lookAtModelsDir(settings.modelsDir)
  // Every id is looked up before any work is done.
  const asked =
    words.length > 0
      ? await Promise.all(words.map((id) => promotedBundle(modelsDir, id)))
      : await listBundles(modelsDir)
  const active = await readActive(modelsDir)
  const checks = checksOf({ unchecked: false }, settings)
  const loaded = async ({ bundle }: VerifyReport): Promise<Loaded> =>
    options['no-load'] || bundle.status === 'invalid'
      ? { status: 'skipped' }
      : tryBundle(bundle, checks, active)
  const bundles: ModelVerify['bundles'] = []
  for (const [i, bundle] of asked.entries()) {
    const { modelId } = bundle
    progress.update(`verifying ${i + 1} of ${asked.length}: ${modelId}`)
    const report = isUnusable(bundle)
      ? asRead(bundle)
      : await verifyBundle(join(modelsDir.root, modelId), { modelsDir: modelsDir.root })
    bundles.push(bundleData(report, await loaded(report)))
  }
  const ok = bundles.every((bundle) => bundle.ok)
  const damaged = bundles.filter((bundle) => !bundle.ok).length
  const bare = bundles.filter((bundle) => bundle.ok && !bundle.verified)
  const message = `${bare.length} of ${bundles.length} models are unverified: they have no manifest to compare their files with`
  return {
    data: { models_dir: modelsDir.root, ok, bundles },
    exitCode: ok ? EXIT.done : EXIT.no,
    notes: [
      ...(bare.length > 0 ? [{ level: 'note', code: 'unverified', message } as const] : []),
      ...(damaged > 0
        ? [
            {
              level: 'error',
              code: 'damaged',
              message: `${damaged} of ${bundles.length} models are damaged`,
            } as const,
          ]
        : []),
    ],
  }
}

/** Its name is not what leads to it: what the scan says is all that can be said. */
const isUnusable = (bundle: Bundle): bundle is InvalidBundle =>
  bundle.status === 'invalid' && bundle.problems.some(({ code }) => code === 'unusable_name')

function asRead(bundle: InvalidBundle): VerifyReport {
  const { modelId, path, problems } = bundle
  const nothing = { ok: false, verified: false, files: [], warnings: [] }
  return { modelId, path, bundle, problems: [...problems], ...nothing }
}

type Loaded = ModelVerify['bundles'][number]['checks']

function bundleData(
  { modelId, path, ok, verified, files, problems, warnings }: VerifyReport,
  checks: Loaded,
): ModelVerify['bundles'][number] {
  return {
    model_id: modelId,
    path,
    ok: ok && checks.status !== 'failed',
    verified,
    files: files.map(({ name, size, sha256, expected, outcome }) => ({
      name,
      size: size ?? null,
      sha256: sha256 ?? null,
      expected_sha256: expected?.sha256 ?? null,
      outcome,
    })),
    problems: problems.map((problem) => ({ ...problem })),
    warnings: warnings.map((warning) => ({ ...warning })),
    checks: { ...checks },
  }
}
