import { type TrainCheckRetrain, toCheckJson } from '@taskclf/documents'
import { escapeText, type Terminal } from '@taskclf/terminal'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'
import { runsDirOf } from '../../runs/shared/runs-dir.js'
import { registryOf } from '../../shared/open-registry.js'
import { parseCadence, parseRetryAfter } from '../shared/cadence.js'
import { checkNotes } from '../shared/check-notes.js'
import type { trainCheckRetrain } from './command.js'

/** Compares the newest bundle's time with the cadence. */
export async function run(
  options: OptionsFor<typeof trainCheckRetrain>,
  context: Context,
): Promise<Outcome<TrainCheckRetrain>> {
  const cadence = options.cadence ?? context.settings.cadence ?? 'weekly'
  const registry = await registryOf(context, { readOnly: true })
  const { location, ...check } = await registry.checkRetrain({
    ...parseCadence(cadence),
    ...parseRetryAfter(options['retry-after']),
    runsDir: runsDirOf(options, context),
  })
  return {
    data: { models_dir: location, cadence, ...toCheckJson(check) },
    exitCode: check.due ? EXIT.done : EXIT.no,
    notes: checkNotes(check),
  }
}

/** One line: due or not, and why. */
export function text({ due, message, cadence }: TrainCheckRetrain, _terminal: Terminal): string {
  return `${due ? 'due' : 'not due'} (${escapeText(cadence)}): ${escapeText(message)}\n`
}
