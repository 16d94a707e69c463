import { isUtf8 } from 'node:buffer'
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

/** The bundles of a models dir by name, in code-unit order; plain files and what begins with a dot are passed over. */
export function listModelsDir(root: string): ModelsDirEntry[] {
  try {
    return readEntries(root).sort((a, b) => compare(a.modelId, b.modelId) || compare(b.kind, a.kind))
  } catch (error) {
    throw modelsDirError(root, error)
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

function readEntries(root: string): ModelsDirEntry[] {
  const entries = readdirSync(root, { withFileTypes: true })
  // Stands for bytes that are not UTF-8, unless it stands for itself: the bytes tell.
  if (entries.some(({ name }) => name.includes(REPLACEMENT_CHARACTER))) return readBytes(root)
  return entries
    .filter((entry) => entry.name[0] !== '.' && mayBeBundle(entry))
    .map((entry) => toEntry(root, entry.name, entry))
}

const REPLACEMENT_CHARACTER = '\ufffd'
const DOT = 0x2e

function readBytes(root: string): ModelsDirEntry[] {
  return readdirSync(root, { withFileTypes: true, encoding: 'buffer' })
    .filter((entry) => entry.name[0] !== DOT && mayBeBundle(entry))
    .map((entry) => {
      if (isUtf8(entry.name)) return toEntry(root, entry.name.toString('utf8'), entry)
      const shown = escapeBytes(entry.name)
      return { modelId: shown, path: join(root, shown), kind: 'unusable_name' }
    })
}

type FileKind = Pick<Dirent, 'isDirectory' | 'isSymbolicLink'>

function mayBeBundle(entry: FileKind): boolean {
  return entry.isDirectory() || entry.isSymbolicLink()
}

function toEntry(root: string, modelId: string, entry: FileKind): ModelsDirEntry {
  return { modelId, path: join(root, modelId), kind: entry.isSymbolicLink() ? 'link' : 'directory' }
}

/** ASCII as it is, every other byte as `\xNN`. */
function escapeBytes(bytes: Buffer): string {
  return Array.from(bytes, (byte) =>
    byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('')
}
