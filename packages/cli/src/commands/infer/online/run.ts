import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { readJsonLines, wholeLines } from '@taskclf/dataset'
import { type InferOnline, toDegradedJson } from '@taskclf/documents'
import { createModelReloader } from '@taskclf/infer-resolver'
import type { Predictor } from '@taskclf/predictor'
import type { Terminal } from '@taskclf/terminal'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { CliError } from '../../../errors.js'
import { EXIT, type ExitCode } from '../../../exit-codes.js'
import { restrictionNotes } from '../../shared/notes.js'
import { descriptorOf, refuseSameFile } from '../../shared/refuse-same-file.js'
import { readerGrace } from '../shared/reader-grace.js'
import { servingOptions } from '../shared/serving.js'
import { standsInText } from '../shared/stands-in.js'
import { answer } from './answer.js'
import type { inferOnline } from './command.js'
import { createEventLog } from './events.js'

type Options = OptionsFor<typeof inferOnline>

/** Answers until the input ends, or until it is asked to end; what was taken by then is answered. */
export async function run(options: Options, context: Context): Promise<Outcome<InferOnline>> {
  if (options.json) {
    throw new CliError('usage', 'infer online has no --json: its answers are JSON lines anyway', {
      hint: '--log-format json makes JSON lines of what it tells on standard error',
    })
  }
  const { pipes, interrupts, settings } = context
  const [reads, writes] = [descriptorOf(pipes.stdin()), descriptorOf(pipes.stdout)]
  if (reads !== undefined && writes !== undefined) refuseSameFile(writes, [reads], 'standard output')
  const { 'log-format': logFormat = 'text', 'poll-ms': pollMs } = options
  const log = createEventLog(logFormat, context)
  await using reloader = await createModelReloader<Predictor>({
    ...(await servingOptions(options, context)),
    ...(pollMs !== undefined && { pollMs }),
    onSwap: log.swap,
    onError: log.error,
  })
  log.start(reloader.current, reloader.status().degraded)
  const { signal, release } = interrupts.take(readerGrace(context))
  const data: InferOnline = { answers: 0, errors: 0, swaps: 0, degraded: null }
  const stdin = pipes.stdin()
  try {
    for await (const item of readJsonLines(wholeLines(stdin, signal))) {
      const said = await answer(reloader, item, options.explain)
      await write(pipes.stdout, `${JSON.stringify(said)}\n`)
      data.answers++
      if ('error' in said) data.errors++
    }
  } finally {
    if (signal.aborted) stdin.destroy()
    release()
  }
  const { swaps, degraded } = reloader.status()
  Object.assign(data, { swaps, degraded: toDegradedJson(degraded) })
  const exitCode = signal.aborted ? (signal.reason as ExitCode) : EXIT.done
  return { data, exitCode, notes: restrictionNotes(await settings.requirement()) }
}

/** A reader that is slower than the model makes it wait, and so the input. */
async function write(stdout: Writable, text: string): Promise<void> {
  if (!stdout.write(text)) await once(stdout, 'drain')
}

/** Standard output is for answers alone. */
export function text(): string {
  return ''
}

/** How it went. */
export function summary({ answers, errors, swaps, degraded }: InferOnline, _terminal: Terminal): string {
  const standsIn = degraded === null ? '' : `; what answered serves ${standsInText(degraded)}`
  return `answered ${answers} lines, ${errors} of them with an error; ${swaps} models swapped in${standsIn}\n`
}
