import { resolve } from 'node:path'
import { promote } from '@taskclf/promotion'
import { lookAtModelsDir } from '@taskclf/registry-core'
import type { GlobalOptions, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { TrainPromote } from '../../../documents/promotion.js'
import { restrictionNotes } from '../../shared/notes.js'
import { promotionData, promotionExit, promotionNotes } from '../shared/promotion-data.js'
import type { PROMOTION_FLAGS } from '../shared/promotion-flags.js'
import { promotionSettings } from '../shared/promotion-settings.js'

export { promotionText as text } from '../shared/promotion-text.js'

/** Promotes one candidate; a refusal is an answer, with every number. */
export async function run(
  options: OptionsOf<typeof PROMOTION_FLAGS> & GlobalOptions,
  context: Context,
): Promise<Outcome<TrainPromote>> {
  const settings = await promotionSettings(options, context)
  const modelsDir = lookAtModelsDir(settings.modelsDir)
  const candidateDir = resolve(context.cwd, options.words[0] ?? '')
  const result = await promote({ ...settings, candidateDir })
  return {
    data: { models_dir: modelsDir.root, ...(await promotionData(modelsDir, result)) },
    exitCode: promotionExit(result),
    notes: [...restrictionNotes(result.requirement), ...promotionNotes(modelsDir, result)],
  }
}
