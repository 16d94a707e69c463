import { type ModelWithdraw, toWithdrawJson } from '@taskclf/documents'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'
import { expectedOf } from '../../shared/expect-flags.js'
import { findModel } from '../../shared/find-model.js'
import { registryOf } from '../../shared/open-registry.js'
import { withdrawNotes } from '../../shared/withdraw-text.js'
import type { modelWithdraw } from './command.js'

export { withdrawText as text } from '../../shared/withdraw-text.js'

/** Withdraws a model; one that is withdrawn already stays so, and nothing is written. */
export async function run(
  options: OptionsFor<typeof modelWithdraw>,
  context: Context,
): Promise<Outcome<ModelWithdraw>> {
  const registry = await registryOf(context)
  const { modelId, notes } = await findModel(registry, options.words[0] ?? '')
  const result = await registry.withdraw(modelId, { note: options.reason, ...expectedOf(options) })
  return {
    data: toWithdrawJson(registry.location, modelId, result),
    exitCode: EXIT.done,
    notes: [
      ...notes,
      ...(await withdrawNotes(result, `${modelId} was withdrawn already; nothing was written`)),
    ],
  }
}
