import type { Writable } from 'node:stream'
import type { OutputStream } from '@taskclf/terminal'
import type { Context } from './command.js'
import type { Io } from './io.js'

const streams = () => process.getBuiltinModule('node:stream')

/** What a command that passes data through reads and writes; made when it asks, since few commands do. */
export function pipesOf({ stdin, stdout, dataOut, stderr }: Io): Context['pipes'] {
  let data: Writable | undefined
  return {
    stdin: stdin ?? (() => streams().Readable.from([])),
    get stdout() {
      data ??= dataOut?.() ?? streamOn(stdout)
      return data
    },
    stderr,
  }
}

function streamOn(stdout: OutputStream): Writable {
  return new (streams().Writable)({
    write: (chunk, _encoding, done) => {
      stdout.write(String(chunk))
      done()
    },
  })
}
