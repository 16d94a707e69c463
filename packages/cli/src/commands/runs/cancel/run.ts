import type { RunsCancel } from '@taskclf/documents'
import { awaitEnd, type CancelResult, cancelRun, readRun } from '@taskclf/runs'
import { renderFields, type Terminal } from '@taskclf/terminal'
import type { Context, Note, OptionsFor, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'
import { findRun } from '../shared/find-run.js'
import type { runsCancel } from './command.js'

/** Asks the watcher of the run to end it; of an orphan, ends the trainer. */
export async function run(
  options: OptionsFor<typeof runsCancel>,
  context: Context,
): Promise<Outcome<RunsCancel>> {
  const { runsDir, id, notes } = await findRun(options, context)
  const { reason } = options
  context.progress.step(`cancelling ${id}`)
  const result = await cancelRun(runsDir, id, { now: context.now, ...(reason !== undefined && { reason }) })
  if (result === 'requested') await awaitEnd(runsDir, id)
  const { status } = await readRun(runsDir, id)
  const data = { run_id: id, result, status }
  if (status === 'running') return { data, exitCode: EXIT.no, notes: [...notes, NOT_OVER] }
  return {
    data,
    exitCode: result === 'unverified' ? EXIT.no : EXIT.done,
    notes: [...notes, ...NOTES[result]],
  }
}

const NOT_OVER: Note = {
  level: 'warning',
  code: 'not_over_yet',
  message:
    'the run has not ended within its grace: its watcher does not answer (stopped, perhaps); the request remains',
}

const NOTES: Record<CancelResult, Note[]> = {
  requested: [],
  ended: [],
  gone: [
    { level: 'note', code: 'trainer_gone', message: 'there was nothing left to end: the trainer is gone' },
  ],
  unverified: [
    {
      level: 'warning',
      code: 'unverified',
      message: 'the trainer cannot be distinguished from another process of that number, and was left alone',
    },
  ],
}

/** Which state the run is in. */
export function text({ run_id, status, result }: RunsCancel, _terminal: Terminal): string {
  return renderFields([
    ['run', run_id],
    ['status', status],
    ...(result === 'requested' ? [] : ([['trainer', result]] as [string, string][])),
  ])
}
