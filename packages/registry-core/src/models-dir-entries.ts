import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { modelsDirError } from './open-models-dir.js'

/** Something in a models dir that is a bundle, or stands where one should. */
export interface ModelsDirEntry {
  /** The directory's name; bytes that are not UTF-8 are written as `\xNN`. */
  modelId: string
  path: string
  kind: 'directory' | 'link' | 'unusable_name'
}

const DOT = 0x2e

/** The bundles of a models dir by name, in code-unit order; plain files and what begins with a dot are passed over. */
export function listModelsDir(root: string): ModelsDirEntry[] {
  return readEntries(root)
    .filter((entry) => entry.name[0] !== DOT && (entry.isDirectory() || entry.isSymbolicLink()))
    .map((entry) => toEntry(root, entry))
    .sort((a, b) => compare(a.modelId, b.modelId) || compare(b.kind, a.kind))
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

function readEntries(root: string): Dirent<Buffer>[] {
  try {
    return readdirSync(root, { withFileTypes: true, encoding: 'buffer' })
  } catch (error) {
    throw modelsDirError(root, error)
  }
}

function toEntry(root: string, entry: Dirent<Buffer>): ModelsDirEntry {
  const modelId = entry.name.toString('utf8')
  if (!Buffer.from(modelId).equals(entry.name)) {
    const shown = escapeBytes(entry.name)
    return { modelId: shown, path: join(root, shown), kind: 'unusable_name' }
  }
  return { modelId, path: join(root, modelId), kind: entry.isSymbolicLink() ? 'link' : 'directory' }
}

/** ASCII as it is, every other byte as `\xNN`. */
function escapeBytes(bytes: Buffer): string {
  return Array.from(bytes, (byte) =>
    byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('')
}
