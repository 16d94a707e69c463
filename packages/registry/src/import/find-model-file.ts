import { readdirSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { messageOf } from '@taskclf/errors'
import { BUNDLE_FILES } from '@taskclf/registry-core'
import { RegistryUseError } from '../errors.js'
import type { ImportReader } from './model-reader.js'
import { readWhole, type WholeFile } from './read-whole.js'

/** A model file that is to be imported. */
export interface FoundModel extends WholeFile {
  path: string
  /** What it is called in the candidate. */
  name: string
  modifiedMs: number
  /** The directory that was given; undefined where a file was. */
  dir: string | undefined
  /** Names of the plain files in that directory. */
  beside: readonly string[]
}

/**
 * The model file that a path leads to: itself, or the one in a directory that a loader is for.
 *
 * @throws RegistryUseError `no_model_file`, `file_unreadable`.
 */
export async function findModelFile(given: string, reader: ImportReader): Promise<FoundModel> {
  const path = resolve(given)
  if (!reading(path, () => statSync(path)).isDirectory()) return found(path, reader, undefined, [])
  const names = reading(path, () => readdirSync(path))
  const beside = names.filter((name) => !name.startsWith('.') && isPlain(join(path, name))).sort()
  const models = beside.filter((name) => reader.loads(name))
  const [first, ...others] = models.filter((name) => name.startsWith('model.')).concat(models)
  if (first === undefined || others.some((name) => name !== first)) throw none(path, models, reader)
  return found(join(path, first), reader, path, beside)
}

/** Not a link that leads nowhere. */
const isPlain = (path: string) =>
  reading(path, () => statSync(path, { throwIfNoEntry: false }))?.isFile() === true

async function found(
  path: string,
  reader: ImportReader,
  dir: string | undefined,
  beside: string[],
): Promise<FoundModel> {
  const whole = await readWhole(path)
  const own = basename(path)
  const name = reader.loads(own) ? own : isLightgbm(whole.bytes) ? BUNDLE_FILES.model : undefined
  if (name === undefined) throw none(path, [], reader)
  const { mtimeMs: modifiedMs } = reading(path, () => statSync(path))
  return { ...whole, path, name, modifiedMs, dir, beside }
}

/** The first line of a LightGBM text model, whatever its file is called. */
const isLightgbm = (bytes: Uint8Array) =>
  /^tree\r?\n/.test(new TextDecoder('latin1').decode(bytes.subarray(0, 6)))

function none(path: string, models: readonly string[], { known }: ImportReader): RegistryUseError {
  const message =
    models.length > 1
      ? `${path} has several model files: ${models.join(', ')}; name the one to import`
      : `${path} is not a model file that can be loaded; there are loaders for ${known.join(', ')}`
  return new RegistryUseError('no_model_file', message, { path, models: [...models], loaders: [...known] })
}

/** What the file system answers; its refusal is a file that cannot be read. */
function reading<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new RegistryUseError('file_unreadable', messageOf(error), { path })
  }
}
