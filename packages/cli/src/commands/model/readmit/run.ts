import { type ModelWithdraw, toWithdrawJson } from '@taskclf/documents'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'
import { expectedOf } from '../../shared/expect-flags.js'
import { findModel } from '../../shared/find-model.js'
import { registryOf } from '../../shared/open-registry.js'
import { withdrawNotes } from '../../shared/withdraw-text.js'
import type { modelReadmit } from './command.js'

export { withdrawText as text } from '../../shared/withdraw-text.js'

/** Takes a withdrawal back; of a model that was not withdrawn nothing is written. */
export async function run(
  options: OptionsFor<typeof modelReadmit>,
  context: Context,
): Promise<Outcome<ModelWithdraw>> {
  const { reason } = options
  const registry = await registryOf(context)
  const { modelId, notes } = await findModel(registry, options.words[0] ?? '')
  const result = await registry.readmit(modelId, {
    ...(reason !== undefined && { note: reason }),
    ...expectedOf(options),
  })
  return {
    data: toWithdrawJson(registry.location, modelId, result),
    exitCode: EXIT.done,
    notes: [...notes, ...(await withdrawNotes(result, `${modelId} was not withdrawn; nothing was written`))],
  }
}
