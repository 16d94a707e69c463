import { isUtf8 } from 'node:buffer'
import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { isOwnedName, whyUnusableName } from '../format/bundle-names.js'
import { modelsDirError } from './models-dir.js'

/** Something in a models dir that is a bundle, or is where one should be. */
export type ModelsDirEntry = {
  /** The directory's name; bytes that are not UTF-8 are written as `\xNN`. */
  modelId: string
  path: string
} & ({ kind: 'directory' | 'link' } | { kind: 'unusable_name'; why: string })

/**
 * The bundles of a models dir by name, in code-unit order. Passed over are plain files, what begins with a dot, and links to
 * files under names that no bundle can have.
 */
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
  return entries.flatMap((entry) => (mayBeBundle(entry) ? toEntries(root, entry.name, entry) : []))
}

const REPLACEMENT_CHARACTER = '\ufffd'
const NOT_UTF8 = 'is not UTF-8, so that no pointer can name it'

function readBytes(root: string): ModelsDirEntry[] {
  return readdirSync(root, { withFileTypes: true, encoding: 'buffer' }).flatMap((entry) => {
    if (!mayBeBundle(entry)) return []
    if (isUtf8(entry.name)) return toEntries(root, entry.name.toString('utf8'), entry)
    const path = Buffer.concat([Buffer.from(root + sep), entry.name])
    if (entry.isSymbolicLink() && leadsToDirectory(path) === false) return []
    const shown = escapeBytes(entry.name)
    return [{ modelId: shown, path: join(root, shown), kind: 'unusable_name', why: NOT_UTF8 }]
  })
}

type FileKind = Pick<Dirent, 'isDirectory' | 'isSymbolicLink'>

function mayBeBundle(entry: FileKind): boolean {
  return entry.isDirectory() || entry.isSymbolicLink()
}

function toEntries(root: string, modelId: string, entry: FileKind): ModelsDirEntry[] {
  if (modelId[0] === '.') return []
  const path = join(root, modelId)
  const isLink = entry.isSymbolicLink()
  const why = whyUnusableName(modelId)
  if (why === undefined) return [{ modelId, path, kind: isLink ? 'link' : 'directory' }]
  const leads = isLink ? leadsToDirectory(path) : true
  // A link under the name of the pointer that leads nowhere is the pointer's affair.
  if (leads === false || (leads === undefined && isOwnedName(modelId))) return []
  return [{ modelId, path, kind: 'unusable_name', why }]
}

/** Undefined where it cannot be said. */
function leadsToDirectory(path: string | Buffer): boolean | undefined {
  try {
    return statSync(path).isDirectory()
  } catch {
    return undefined
  }
}

/** ASCII as it is, every other byte as `\xNN`. */
function escapeBytes(bytes: Buffer): string {
  return Array.from(bytes, (byte) =>
    byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('')
}
