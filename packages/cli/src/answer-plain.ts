import { answer } from './answer.js'
import { plainResolve } from './args/plain-resolve.js'
import type { LoadedWork } from './command.js'
import { run } from './commands/infer/resolve/run.js'
import { text } from './commands/infer/resolve/text.js'
import type { ExitCode } from './exit-codes.js'
import type { Io, OutputStream } from './io.js'

/**
 * Answers a plain `infer resolve` without the rest of the program: the same work, printed by the same code, only the line is read
 * by less. Undefined, with nothing printed, when the whole program must answer: another command, or any failure, which it will
 * meet again and explain.
 */
export async function answerPlain(argv: readonly string[], world: () => Io): Promise<ExitCode | undefined> {
  const options = plainResolve(argv)
  if (options === undefined) return undefined
  const io = world()
  const stdout = held(io.stdout)
  const stderr = held(io.stderr)
  let exitCode: ExitCode
  try {
    // The options were made from the flags of this command, and text gets what run gives.
    const load = async () => ({ run, text }) as unknown as LoadedWork
    exitCode = await answer({ load }, options, { ...io, stdout, stderr })
  } catch {
    return undefined
  }
  for (const stream of [stdout, stderr]) stream.release()
  return exitCode
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
