import type { GlobalOptions, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { TrainCheckRetrain } from '../../../documents/promotion.js'
import { EXIT } from '../../../exit-codes.js'
import { registryOf } from '../../shared/open-registry.js'
import { parseCadence } from '../shared/cadence.js'
import { checkData, checkNotes } from '../shared/retrain-check.js'
import type { TRAIN_CHECK_RETRAIN_FLAGS } from './flags.js'

export { text } from './text.js'

/** Compares the newest bundle's time with the cadence. */
export async function run(
  options: OptionsOf<typeof TRAIN_CHECK_RETRAIN_FLAGS> & GlobalOptions,
  context: Context,
): Promise<Outcome<TrainCheckRetrain>> {
  const cadence = options.cadence ?? context.settings.cadence ?? 'weekly'
  const registry = await registryOf(context)
  const { modelsDir, ...check } = await registry.checkRetrain(parseCadence(cadence))
  return {
    data: { models_dir: modelsDir.root, cadence, ...checkData(check) },
    exitCode: check.due ? EXIT.done : EXIT.no,
    notes: checkNotes(check),
  }
}
