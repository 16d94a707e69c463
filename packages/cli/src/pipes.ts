import type { Context } from './context.js'
import type { Io } from './io.js'

/** What a command that passes data through reads and writes; made when it asks, since few commands do. */
export function pipesOf({ stdin, stdout, dataOut, stderr }: Io): Context['pipes'] {
  const streams = () => process.getBuiltinModule('node:stream')
  return {
    stdin: stdin ?? (() => streams().Readable.from([])),
    get stdout() {
      if (dataOut !== undefined) return dataOut
      return new (streams().Writable)({
        write: (chunk, _encoding, done) => {
          stdout.write(String(chunk))
          done()
        },
      })
    },
    stderr,
  }
}
