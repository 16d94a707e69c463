import { rollbackActive } from '@taskclf/active-pointer'
import { lookAtModelsDir } from '@taskclf/registry-core'
import type { GlobalOptions, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { ModelSwitch } from '../../../documents/model.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { checksOf } from '../../shared/checks.js'
import { switchData, switchNotes } from '../../shared/switch-data.js'
import type { MODEL_ROLLBACK_FLAGS } from './flags.js'

/** Goes back; the library decides which earlier pointer can still serve. */
export async function run(
  options: OptionsOf<typeof MODEL_ROLLBACK_FLAGS> & GlobalOptions,
  { settings, now }: Context,
): Promise<Outcome<ModelSwitch>> {
  const { to, steps } = options
  if (to !== undefined && steps !== undefined) {
    throw new CliError('usage', '--to and --steps exclude each other', { hint: 'leave one of them out' })
  }
  const modelsDir = lookAtModelsDir(settings.modelsDir)
  const result = await rollbackActive(settings.modelsDir, {
    now,
    checks: checksOf(options, settings),
    decision: { kind: 'rollback', ...(to === undefined ? { steps: steps ?? 1 } : { to_revision: to }) },
    ...(to !== undefined && { toRevision: to }),
    ...(steps !== undefined && { steps }),
    ...(settings.actor !== undefined && { actor: settings.actor }),
  })
  const { passedOver } = result
  return {
    data: switchData(modelsDir, result, { passedOver }),
    exitCode: EXIT.done,
    notes: await switchNotes(modelsDir, result),
  }
}
