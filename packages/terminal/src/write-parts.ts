import type { OutputStream } from './terminal.js'

const CHUNK = 1 << 16

/** Writes text that comes in small pieces in larger ones. */
export function writeParts(stream: OutputStream, parts: Iterable<string>): void {
  let text = ''
  for (const part of parts) {
    text += part
    if (text.length < CHUNK) continue
    stream.write(text)
    text = ''
  }
  if (text !== '') stream.write(text)
}
