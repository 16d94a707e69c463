import { parseArguments } from '@taskclf/flags'
import { renderJson, terminalOf } from '@taskclf/terminal'
import { answer } from './answer.js'
import type { AnyCommand } from './command.js'
import { COMMANDS } from './commands/all.js'
import { EXIT, type ExitCode } from './exit-codes.js'
import type { Io } from './io.js'
import { ownVersion } from './own-version.js'

/** Answers a command line: data to `io.stdout`, the rest to `io.stderr`, and the exit code. Never throws. */
export async function runTaskclf(
  argv: readonly string[],
  io: Io,
  commands: readonly AnyCommand[] = COMMANDS,
): Promise<ExitCode> {
  try {
    return await respond(argv, io, commands)
  } catch (error) {
    return fail(error, argv, io)
  }
}

async function respond(argv: readonly string[], io: Io, commands: readonly AnyCommand[]): Promise<ExitCode> {
  if (argv[0] === '__complete') {
    const { offer } = await import('./offer.js')
    return offer(argv.slice(1), io, commands)
  }
  const request = parseArguments(argv, commands)
  if (request.kind === 'run') return answer(request.command, request.options, io)
  if (request.kind === 'help') {
    const { helpOn } = await import('./help-on.js')
    io.stdout.write(helpOn(request.path, commands, terminalOf(io.stdout, io.env, true).columns))
  } else {
    const taskclf = ownVersion()
    io.stdout.write(request.json ? renderJson({ taskclf }) : `${taskclf}\n`)
  }
  return EXIT.done
}

async function fail(error: unknown, argv: readonly string[], io: Io): Promise<ExitCode> {
  // Loaded here: it knows the errors of every library.
  const { describeError, errorDocument, errorText, stackText } = await import('./render/error.js')
  const described = describeError(error)
  const flags = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
  if (flags.includes('--json')) io.stdout.write(renderJson(errorDocument(described)))
  io.stderr.write(errorText(described))
  if (flags.includes('--debug')) io.stderr.write(stackText(error))
  return described.exitCode
}
