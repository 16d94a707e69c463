import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type { RunsTail } from '@taskclf/documents'
import { tailEvents } from '@taskclf/runs'
import { escapeText, runEventLine, type Terminal } from '@taskclf/terminal'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { EXIT, type ExitCode } from '../../../exit-codes.js'
import { findRun } from '../shared/find-run.js'
import type { runsTail } from './command.js'

type Options = OptionsFor<typeof runsTail>

/** Prints each event as it comes; with `--json` they make one document, once there are no more. */
export async function run(options: Options, context: Context): Promise<Outcome<RunsTail>> {
  const { runsDir, id, notes } = await findRun(options, context)
  const { signal, release } = context.interrupts.take()
  const data: RunsTail = { run_id: id, ended: null, events: [] }
  try {
    const { follow, lines: last } = options
    for await (const event of tailEvents(runsDir, id, {
      follow,
      signal,
      ...(last !== undefined && { last }),
    })) {
      if (event.type === 'ended') data.ended = event.state
      if (options.json) data.events.push({ ...event })
      else await write(context.pipes.stdout, `${escapeText(runEventLine(event))}\n`)
    }
  } finally {
    release()
  }
  const exitCode = signal.aborted ? (signal.reason as ExitCode) : EXIT.done
  return { data, exitCode, notes }
}

async function write(stdout: Writable, text: string): Promise<void> {
  if (!stdout.write(text)) await once(stdout, 'drain')
}

/** The events were printed as they came. */
export function text(_data: RunsTail, _terminal: Terminal): string {
  return ''
}
