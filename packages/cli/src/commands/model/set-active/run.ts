import { type ModelSwitch, toSwitchJson } from '@taskclf/documents'
import { FlagsError } from '@taskclf/flags'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { bundleWarningNotes } from '../../shared/bundle-warnings.js'
import { expectedOf } from '../../shared/expect-flags.js'
import { findModel } from '../../shared/find-model.js'
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
  const { modelId, notes } = await findModel(registry, wordOf(options))
  const { force, note } = options
  const result = await registry.activate(modelId, {
    force,
    ...(note !== undefined && { note }),
    ...expectedOf(options),
  })
  return {
    data: toSwitchJson(result, { forced: result.forced }),
    exitCode: EXIT.done,
    notes: [...notes, ...(await switchNotes(result)), ...bundleWarningNotes(result.bundle)],
  }
}

/** The id is a word, or the value of a flag. */
function wordOf({ words: [word], 'model-id': flag }: OptionsFor<typeof modelSetActive>): string {
  if (word !== undefined && flag !== undefined)
    throw new CliError('usage', 'the model is given twice; give either ID or --model-id')
  const given = word ?? flag
  if (given !== undefined) return given
  throw new FlagsError('missing_argument', 'ID (the model that is to serve) is missing', {
    hint: 'taskclf model set-active --help',
  })
}
