import { resolve } from 'node:path'
import { type TrainPromote, toPromotedJson } from '@taskclf/documents'
import type { GlobalOptions, OptionsOf } from '@taskclf/flags'
import type { Context, Outcome } from '../../../command.js'
import { restrictionNotes } from '../../shared/notes.js'
import { registryOf } from '../../shared/open-registry.js'
import type { PROMOTION_FLAGS } from '../shared/promotion-flags.js'
import { promotionExit, promotionNotes } from '../shared/promotion-notes.js'
import { promotionSettings } from '../shared/promotion-settings.js'

export { promotionText as text } from '../shared/promotion-text.js'

/** Promotes one candidate; a refusal is an answer, with every number. */
export async function run(
  options: OptionsOf<typeof PROMOTION_FLAGS> & GlobalOptions,
  context: Context,
): Promise<Outcome<TrainPromote>> {
  const registry = await registryOf(context, options)
  const candidateDir = resolve(context.cwd, options.words[0] ?? '')
  const promoted = await registry.promote(candidateDir, promotionSettings(options, context))
  return {
    data: { models_dir: promoted.location, ...toPromotedJson(promoted) },
    exitCode: promotionExit(promoted),
    notes: [...restrictionNotes(promoted.requirement), ...promotionNotes(promoted)],
  }
}
