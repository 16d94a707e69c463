import { type ModelSwitch, toSwitchJson } from '@taskclf/documents'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { registryOf } from '../../shared/open-registry.js'
import { switchNotes } from '../../shared/switch-notes.js'
import type { modelRollback } from './command.js'

export { text } from '../../shared/switch-text.js'

/** Goes back; the library decides which earlier pointer can still serve. */
export async function run(
  options: OptionsFor<typeof modelRollback>,
  context: Context,
): Promise<Outcome<ModelSwitch>> {
  const { to, steps } = options
  if (to !== undefined && steps !== undefined) {
    throw new CliError('usage', '--to and --steps exclude each other', { hint: 'leave one of them out' })
  }
  const registry = await registryOf(context, options)
  const result = await registry.rollback({
    ...(to !== undefined && { toRevision: to }),
    ...(steps !== undefined && { steps }),
  })
  return {
    data: toSwitchJson(result, { passedOver: result.passedOver }),
    exitCode: EXIT.done,
    notes: await switchNotes(result),
  }
}
