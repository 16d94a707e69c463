import type { OpenFile } from './file-system.js'

/** Writes every byte, however few the system takes at a time. */
export async function writeAll(file: OpenFile, bytes: Uint8Array): Promise<void> {
  let rest = bytes
  while (rest.length > 0) {
    const taken = await file.write(rest)
    if (taken === 0) throw Object.assign(new Error('the system accepted no bytes'), { code: 'EIO' })
    rest = rest.subarray(taken)
  }
}
