import { LightgbmError } from './errors.js'
import { type FeatureInfo, readFeatureInfos } from './feature-infos.js'
import { type FeatureNames, readFeatureNames } from './feature-names.js'
import { isTrailer } from './is-trailer.js'
import type { Field, LineReader } from './line-reader.js'
import { type LoadedObjective, NO_OBJECTIVE, parseObjective } from './objective.js'
import { countTokens, fieldError, readInteger, readIntegers } from './read-numbers.js'

/** What is above the first tree. */
export interface Header extends FeatureNames {
  readonly numClass: number
  readonly treesPerIteration: number
  readonly numFeatures: number
  readonly averageOutput: boolean
  readonly featureInfos: readonly FeatureInfo[]
  readonly objective: LoadedObjective
  /** Bytes of each tree block; undefined in a file without them. */
  readonly treeSizes: Int32Array | undefined
  readonly treeSizesField: Field | undefined
  readonly treesPerIterationField: Field
  /** A file of version v2 or of none: LightGBM before 2.2 wrote no `end of trees`, and less below it. */
  readonly isOld: boolean
}

const MAX_INT32 = 0x7fffffff
const VERSIONS = ['v2', 'v3', 'v4']
/** What Git leaves in place of a large file. */
const LFS = 'version https://git-lfs.github.com/spec/'
const FLAG = 'average_output'

/** Reads the header; the reader is then before the first line of the trees. */
export function parseHeader(reader: LineReader): Header {
  if (reader.text.startsWith(LFS)) {
    const message =
      'this is a Git LFS pointer, which stands for the model in the repository; fetch the model itself with `git lfs pull`'
    throw new LightgbmError('lfs_pointer', message, { line: 1, field: 'version' })
  }
  if (!reader.next() || !reader.is('tree')) {
    const message =
      'a LightGBM model begins with the line `tree`; this is another file or its beginning is lost'
    throw new LightgbmError('bad_header', message, { line: 1, field: 'tree' })
  }
  refuseZeros(reader.text)
  const fields = collectFields(reader)
  const version = readVersion(fields.get('version'))
  const numClassField = required(fields, 'num_class', reader)
  const numClass = readInteger(numClassField, { min: 1, max: MAX_INT32 })
  const treesPerIterationField = fields.get('num_tree_per_iteration') ?? numClassField
  const treesPerIteration = readInteger(treesPerIterationField, { min: 1, max: MAX_INT32 })
  if (treesPerIteration !== numClass) {
    const message = `${treesPerIteration} trees an iteration, but num_class is ${numClass}; the file is damaged`
    throw fieldError('bad_count', treesPerIterationField, message)
  }
  readInteger(required(fields, 'label_index', reader), { min: 0, max: MAX_INT32 })
  const numFeatures =
    1 + readInteger(required(fields, 'max_feature_idx', reader), { min: 0, max: MAX_INT32 - 1 })
  return {
    numClass,
    treesPerIteration,
    numFeatures,
    averageOutput: fields.has(FLAG),
    ...readFeatureNames(checkedNames(fields, numFeatures, reader), reader.isBytes),
    featureInfos: readFeatureInfos(required(fields, 'feature_infos', reader)),
    objective: readObjective(fields, numClass),
    treeSizes: readTreeSizes(fields),
    treeSizesField: fields.get('tree_sizes'),
    treesPerIterationField,
    isOld: version === undefined || version === 'v2',
  }
}

/** A page that was never written holds zeros, and they may be where nothing is read: the next page may be as empty. */
function refuseZeros(text: string): void {
  const at = text.indexOf('\0')
  if (at < 0) return
  const before = text.slice(0, at)
  const message =
    'there are zero bytes in the text, as where a part was never written; copy it again from where it was trained'
  const field = before.slice(before.lastIndexOf('\n') + 1).split('=', 1)[0] || 'text'
  throw new LightgbmError('unexpected_line', message, { line: before.split('\n').length, field })
}

function collectFields(reader: LineReader): Map<string, Field> {
  const fields = new Map<string, Field>()
  while (reader.next()) {
    if (reader.startsWith('Tree=') || reader.is(reader.closing) || isTrailer(reader)) {
      reader.back()
      return fields
    }
    if (reader.isBlank()) continue
    const flag = reader.is(FLAG)
    const field = flag
      ? { name: FLAG, line: reader.line, text: reader.text, start: 0, end: 0 }
      : reader.field()
    if (field === undefined || (!flag && field.name === FLAG)) {
      const message = `${reader.excerpt()} is not a header line LightGBM writes; the file is damaged`
      throw new LightgbmError('unexpected_line', message, { line: reader.line, field: 'header' })
    }
    if (fields.has(field.name))
      throw fieldError('duplicate_field', field, 'the field occurs twice; the file is damaged')
    fields.set(field.name, field)
  }
  if (isEmpty(fields.get('tree_sizes')) && reader.start === reader.text.length) return fields
  const message = 'the file ends before its first tree; copy it again from where it was trained'
  throw new LightgbmError('truncated', message, { line: reader.line, field: 'Tree=0' })
}

/** An old file of no trees may end with its header; a header that was cut off lists trees. */
function isEmpty(field: Field | undefined): boolean {
  return field !== undefined && countTokens(field) === 0
}

function required(fields: Map<string, Field>, name: string, reader: LineReader): Field {
  const field = fields.get(name)
  if (field !== undefined) return field
  const message = 'the header lacks this field; the file is damaged'
  throw new LightgbmError('missing_field', message, { line: reader.line, field: name })
}

/** LightGBM reads a file without a version; of one that is not known here nobody can say what it means. */
function readVersion(field: Field | undefined): string | undefined {
  if (field === undefined) return undefined
  const version = field.text.slice(field.start, field.end)
  if (VERSIONS.includes(version)) return version
  const message = `version ${JSON.stringify(version.slice(0, 40))} is not one of ${VERSIONS.join(', ')}; save the model again with LightGBM 4`
  throw fieldError('unsupported_version', field, message)
}

function checkedNames(fields: Map<string, Field>, numFeatures: number, reader: LineReader): Field {
  for (const name of ['feature_names', 'feature_infos']) {
    const field = required(fields, name, reader)
    const count = countTokens(field)
    if (count === numFeatures) continue
    const message = `${count} entries, but max_feature_idx says ${numFeatures} features; the file is damaged`
    throw fieldError('bad_count', field, message)
  }
  return required(fields, 'feature_names', reader)
}

/** No objective line is a custom objective, unless the line is there with its key damaged. */
function readObjective(fields: Map<string, Field>, numClass: number): LoadedObjective {
  const field = fields.get('objective')
  if (field !== undefined) return parseObjective(field, numClass)
  for (const other of fields.values()) {
    if (!isOneEditFrom(other.name, 'objective')) continue
    throw fieldError('bad_header', other, 'this reads like a damaged `objective`, which the file lacks')
  }
  return NO_OBJECTIVE
}

function readTreeSizes(fields: Map<string, Field>): Int32Array | undefined {
  const field = fields.get('tree_sizes')
  if (field === undefined) return undefined
  return readIntegers(
    field,
    countTokens(field),
    { min: 1, max: MAX_INT32 },
    (length) => new Int32Array(length),
  )
}

/** Whether one character changed, lost or added makes one word the other. */
function isOneEditFrom(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let same = 0
  while (same < a.length && same < b.length && a[same] === b[same]) same += 1
  const restA = a.slice(same)
  const restB = b.slice(same)
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)
}
