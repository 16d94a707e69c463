import type { GlobalOptions, ParsedOptions } from '@taskclf/flags'
import { loadSettings } from '@taskclf/settings'
import { createProgress, escapeLines, jsonParts, painter, terminalOf, writeParts } from '@taskclf/terminal'
import type { AnyCommand, Context, Note, Outcome } from './command.js'
import type { ExitCode } from './exit-codes.js'
import { NO_INTERRUPTS } from './interrupts.js'
import type { Io } from './io.js'
import { pipesOf } from './pipes.js'

/** Runs a command and prints what it found: data to `io.stdout`, the rest to `io.stderr`. Throws what the command throws. */
export async function answer(
  command: Pick<AnyCommand, 'load'>,
  options: ParsedOptions & GlobalOptions,
  io: Io,
): Promise<ExitCode> {
  const settings = await loadSettings(options, io)
  const progress = createProgress(io.stderr, !options.json && !options.quiet)
  const { env, cwd, now, interrupts = NO_INTERRUPTS } = io
  const context: Context = { env, cwd, now, settings, progress, pipes: pipesOf(io), interrupts }
  const work = await command.load()
  let outcome: Outcome<object>
  try {
    outcome = await work.run(options, context)
  } finally {
    progress.clear()
  }
  const { data, exitCode } = outcome
  const notes = [...settings.notes(), ...outcome.notes]
  const plain = options['no-color']
  if (options.json) writeParts(io.stdout, jsonParts({ ...data, notes }))
  else {
    io.stdout.write(work.text(data, terminalOf(io.stdout, io.env, plain)))
    if (!options.quiet) io.stderr.write(work.summary?.(data, terminalOf(io.stderr, io.env, plain)) ?? '')
  }
  const paint = painter(terminalOf(io.stderr, io.env, plain))
  const said = options.quiet ? notes.filter(({ level }) => level === 'error') : notes
  for (const note of said) io.stderr.write(`${noteText(note, paint)}\n`)
  return exitCode
}

function noteText({ level, message }: Note, paint: ReturnType<typeof painter>): string {
  const colour = { note: paint.dim, warning: paint.yellow, error: paint.red }[level]
  return `${colour(`${level}:`)} ${escapeLines(message)}`
}
