import { fstatSync, writeSync } from 'node:fs'
import type { OutputStream } from './terminal.js'

/**
 * Standard output or error without the stream that node makes of it, which costs as much as the whole answer of a short program.
 * A pipe, a socket and a file are written at once by that stream too; for anything else, such as a terminal, it is the one taken.
 *
 * @param broken called for a reader that is gone, or a full disk; when it comes back, what was to be written is dropped
 */
export function directStream(fd: 1 | 2, broken: (error: NodeJS.ErrnoException) => void): OutputStream {
  const stream = () => (fd === 1 ? process.stdout : process.stderr).on('error', broken)
  if (!isPlain(fd)) return stream()
  let taken: NodeJS.WriteStream | undefined
  return {
    write(text) {
      // Once the stream holds something back, what comes later must not overtake it.
      if (taken !== undefined) return taken.write(text)
      const rest = writeAll(fd, Buffer.from(text), broken)
      if (rest.length === 0) return true
      taken = stream()
      return taken.write(rest)
    },
  }
}

function isPlain(fd: number): boolean {
  if (process.platform === 'win32') return false
  try {
    const found = fstatSync(fd)
    return found.isFIFO() || found.isSocket() || found.isFile()
  } catch {
    // Closed: the stream knows what to do.
    return false
  }
}

/** Answers what could not be written: somebody made the pipe non-blocking, and it is full. */
function writeAll(fd: number, bytes: Uint8Array, broken: (error: NodeJS.ErrnoException) => void): Uint8Array {
  let done = 0
  while (done < bytes.length) {
    try {
      done += writeSync(fd, bytes, done)
    } catch (error) {
      const failure = error as NodeJS.ErrnoException
      if (failure.code === 'EAGAIN') break
      broken(failure)
      return new Uint8Array()
    }
  }
  return bytes.subarray(done)
}
