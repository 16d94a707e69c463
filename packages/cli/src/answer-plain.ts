import { answer } from './answer.js'
import { GLOBAL_FLAGS } from './args/global-flags.js'
import { plainOptions } from './args/plain-options.js'
import type { Flags, GlobalOptions, LoadedWork, ParsedOptions } from './command.js'
import { INFER_RESOLVE_FLAGS } from './commands/infer/resolve/flags.js'
import { run } from './commands/infer/resolve/run.js'
import { text } from './commands/infer/resolve/text.js'
import { TRAIN_LIST_FLAGS } from './commands/train/list/flags.js'
import { EXIT, type ExitCode } from './exit-codes.js'
import { type Io, type OutputStream, terminalOf } from './io.js'

interface Plain {
  options: ParsedOptions & GlobalOptions
  load(): Promise<unknown>
}

/**
 * Answers a plain `infer resolve` or `train list`, or with help, without the rest of the program: the same work, printed by the same code, only
 * the line is read by less. Undefined, with nothing printed, when the whole program must answer: another command, or any
 * failure, which it will meet again and explain.
 */
export async function answerPlain(argv: readonly string[], world: () => Io): Promise<ExitCode | undefined> {
  try {
    if (mayAskHelp(argv)) return await help(argv, world())
    const plain = resolving(argv) ?? listing(argv)
    if (plain === undefined) return undefined
    const io = world()
    const stdout = held(io.stdout)
    const stderr = held(io.stderr)
    // The options were made from the flags of the command, and its text gets what its run gives.
    const load = () => plain.load() as Promise<LoadedWork>
    const exitCode = await answer({ load }, plain.options, { ...io, stdout, stderr })
    for (const stream of [stdout, stderr]) stream.release()
    return exitCode
  } catch {
    return undefined
  }
}

const mayAskHelp = (argv: readonly string[]) =>
  argv[0] === 'help' || argv.some((word) => word === '--help' || word === '-h')

async function help(argv: readonly string[], { stdout, env }: Io): Promise<ExitCode | undefined> {
  const { plainHelp } = await import('./plain-help.js')
  const text = plainHelp(argv, terminalOf(stdout, env, true).columns)
  if (text === undefined) return undefined
  stdout.write(text)
  return EXIT.done
}

/** Without `--repair`: what only reads can be asked again the long way. */
function resolving(argv: readonly string[]): Plain | undefined {
  const { repair, ...reading } = INFER_RESOLVE_FLAGS
  const taken: Flags = { ...reading, ...GLOBAL_FLAGS }
  const options = plainOptions(argv, { path: ['infer', 'resolve'], flags: INFER_RESOLVE_FLAGS }, taken)
  return options && { options, load: async () => ({ run, text }) }
}

function listing(argv: readonly string[]): Plain | undefined {
  const options = plainOptions(argv, { path: ['train', 'list'], flags: TRAIN_LIST_FLAGS })
  return options && { options, load: () => import('./plain-train-list.js') }
}

/** The stream, except that what is written waits until it is known that it will stand. */
function held(stream: OutputStream): OutputStream & { release(): void } {
  const { isTTY, columns } = stream
  let texts = ''
  return {
    isTTY,
    columns,
    write: (text) => {
      texts += text
    },
    release: () => {
      if (texts !== '') stream.write(texts)
    },
  }
}
