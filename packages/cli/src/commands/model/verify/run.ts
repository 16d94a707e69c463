import type { ModelVerification } from '@taskclf/registry'
import type { GlobalOptions, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { ModelVerify } from '../../../documents/model.js'
import { EXIT } from '../../../exit-codes.js'
import { registryOf } from '../../shared/open-registry.js'
import type { MODEL_VERIFY_FLAGS } from './flags.js'

export { text } from './text.js'

/** Reads every byte of the models asked for, or of all. */
export async function run(
  { words, ...options }: OptionsOf<typeof MODEL_VERIFY_FLAGS> & GlobalOptions,
  context: Context,
): Promise<Outcome<ModelVerify>> {
  const registry = await registryOf(context)
  const { modelsDir, models } = await registry.verify({
    ...(words.length > 0 && { modelIds: words }),
    load: !options['no-load'],
    onProgress: (modelId, at, of) => context.progress.update(`verifying ${at} of ${of}: ${modelId}`),
  })
  const bundles = models.map(bundleData)
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

function bundleData({
  modelId,
  path,
  ok,
  verified,
  files,
  problems,
  warnings,
  checks = { status: 'skipped' },
}: ModelVerification): ModelVerify['bundles'][number] {
  return {
    model_id: modelId,
    path,
    ok,
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
