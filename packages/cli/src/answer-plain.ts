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
import { ownVersion } from './own-version.js'
import { helpWords, plainHelp } from './plain-help.js'

interface Plain {
  options: ParsedOptions & GlobalOptions
  load(): Promise<unknown>
}

/**
 * Answers a plain `infer resolve` or `train list`, or with help or the version, without the rest of the program: the same work,
 * printed by the same code, only the line is read by less, and help is what the whole program said when the package was built.
 * Undefined, with nothing printed, when the whole program must answer: another command, or any failure, which it will meet again
 * and explain.
 */
export async function answerPlain(argv: readonly string[], world: () => Io): Promise<ExitCode | undefined> {
  let hasBegun = false
  try {
    if (argv.length === 1 && argv[0] === '--version') return say(`${ownVersion()}\n`, world())
    const asked = helpWords(argv)
    if (asked !== undefined) return help(asked, world())
    const plain = resolving(argv) ?? listing(argv)
    if (plain === undefined) return undefined
    const io = world()
    const stdout = told(io.stdout, () => {
      hasBegun = true
    })
    // The options were made from the flags of the command, and its text gets what its run gives.
    const load = () => plain.load() as Promise<LoadedWork>
    return await answer({ load }, plain.options, { ...io, stdout })
  } catch (error) {
    // What has begun to be said cannot be said again. Commands begin when they have found out everything: nothing fails then.
    if (hasBegun) throw error
    return undefined
  }
}

function help(words: readonly string[], io: Io): ExitCode {
  return say(plainHelp(words, terminalOf(io.stdout, io.env, true).columns), io)
}

function say(text: string, { stdout }: Io): ExitCode {
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

/** The stream, telling of its first word. */
function told(stream: OutputStream, begin: () => void): OutputStream {
  const { isTTY, columns } = stream
  return {
    isTTY,
    columns,
    write: (text) => {
      begin()
      return stream.write(text)
    },
  }
}
