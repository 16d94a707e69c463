import { type ModelVerify, toVerifyJson } from '@taskclf/documents'
import { escapeText, painter, type Terminal } from '@taskclf/terminal'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'
import { findModel } from '../../shared/find-model.js'
import { registryOf } from '../../shared/open-registry.js'
import type { modelVerify } from './command.js'

/** Reads every byte of the models asked for, or of all. */
export async function run(
  { words, ...options }: OptionsFor<typeof modelVerify>,
  context: Context,
): Promise<Outcome<ModelVerify>> {
  const registry = await registryOf(context, { readOnly: true })
  const found = await Promise.all(words.map((word) => findModel(registry, word)))
  const { location, models } = await registry.verify({
    ...(found.length > 0 && { modelIds: found.map(({ modelId }) => modelId) }),
    load: !options['no-load'],
    onProgress: (modelId, at, of) => context.progress.update(`verifying ${at} of ${of}: ${modelId}`),
  })
  const bundles = models.map(toVerifyJson)
  const ok = bundles.every((bundle) => bundle.ok)
  const damaged = bundles.filter((bundle) => !bundle.ok).length
  const bare = bundles.filter((bundle) => bundle.ok && !bundle.verified)
  const message = `${bare.length} of ${bundles.length} models are unverified: they have no manifest to compare their files with`
  return {
    data: { models_dir: location, ok, bundles },
    exitCode: ok ? EXIT.done : EXIT.no,
    notes: [
      ...found.flatMap(({ notes }) => notes),
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

/** A line for each model, and what is wrong with it below. */
export function text({ bundles }: ModelVerify, terminal: Terminal): string {
  const paint = painter(terminal)
  return bundles
    .map(({ model_id, ok, verified, files, problems, warnings, checks }) => {
      const listed = files.filter(({ expected_sha256 }) => expected_sha256 !== null)
      const matching = listed.filter(({ outcome }) => outcome === 'match').length
      const compared = verified
        ? `${matching} of ${listed.length} files match the manifest`
        : `no manifest to compare ${files.length} files with`
      const sound = verified ? paint.green('ok') : paint.yellow('unverified')
      const verdict = ok ? sound : paint.red('damaged')
      const details = [
        ...('code' in checks ? [`    ${escapeText(checks.message ?? '')} [${checks.code}]\n`] : []),
        ...problems.map(({ code, message }) => `    ${escapeText(message)} [${code}]\n`),
        ...warnings.map(({ code, message }) => `    warning: ${escapeText(message)} [${code}]\n`),
      ]
      return `${verdict}  ${escapeText(model_id)}  ${compared}\n${details.join('')}`
    })
    .join('')
}
