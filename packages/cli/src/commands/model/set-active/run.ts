import { type ModelSwitch, toSwitchJson } from '@taskclf/documents'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'
import { bundleWarningNotes } from '../../shared/bundle-warnings.js'
import { expectedOf } from '../../shared/expect-flags.js'
import { registryOf } from '../../shared/open-registry.js'
import { switchNotes } from '../../shared/switch-notes.js'
import type { modelSetActive } from './command.js'

export { text } from '../../shared/switch-text.js'

/** Switches as a person says: validity always, gates and compatibility unless forced. */
export async function run(
  options: OptionsFor<typeof modelSetActive>,
  context: Context,
): Promise<Outcome<ModelSwitch>> {
  const registry = await registryOf(context, options)
  const { force, note } = options
  const result = await registry.activate(options['model-id'], {
    force,
    ...(note !== undefined && { note }),
    ...expectedOf(options),
  })
  return {
    data: toSwitchJson(result, { forced: result.forced }),
    exitCode: EXIT.done,
    notes: [...(await switchNotes(result)), ...bundleWarningNotes(result.bundle)],
  }
}
