import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { withSizes } from '../../packages/lightgbm/test/model-text.js'

/** A way in which a bundle with a LightGBM model is damaged. */
export interface Damage {
  title: string
  /** Who finds it: the reader of the model, the bundle's self-test, or its manifest. The bundle has just that. */
  by: 'reader' | 'self-test' | 'manifest'
  /** The code that everybody names who is to let it serve. */
  code: string
  /** What a candidate is refused with, where that is another code. */
  candidate?: string
  /** What a selection passes it over with, where it comes to be looked at for another reason before it is loaded. */
  selection?: string
  damage(dir: string): void
}

type Change = (model: Buffer) => Uint8Array | string

/** The model's bytes are others. */
const model = (title: string, change: Change, over: Partial<Damage> = {}): Damage => ({
  title,
  by: 'reader',
  code: 'load_failed',
  damage: (dir) => {
    const path = join(dir, 'model.txt')
    const before = readFileSync(path)
    const after = Buffer.from(change(before) as string)
    if (after.equals(before)) throw new Error(`${title}: nothing is damaged`)
    writeFileSync(path, after)
  },
  ...over,
})

/** The model's text is another, and its byte counts agree with it. */
const tree = (title: string, from: RegExp, to: string, over: Partial<Damage> = {}): Damage =>
  model(title, (bytes) => withSizes(bytes.toString().replace(from, to)), over)

/** A document beside the model is another. */
const beside = (
  title: string,
  file: string,
  change: (document: Record<string, unknown>) => object,
  over: Partial<Damage> = {},
): Damage => ({
  title,
  by: 'self-test',
  code: 'self_test_failed',
  damage: (dir) => {
    const path = join(dir, file)
    writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))))
  },
  ...over,
})

const LFS = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 176032\n`
const half = ({ length }: Buffer) => length >> 1
const missing = { code: 'missing_artifact' }
const untrue = { by: 'self-test', code: 'self_test_failed' } as const

/** Zeros in place of what stands there, as a page that was never written leaves them. */
function zeros(bytes: Buffer, at: number, length: number): Buffer {
  return Buffer.from(bytes).fill(0, at, at + length)
}

export const DAMAGED_MODELS: readonly Damage[] = [
  model('its first half', (bytes) => bytes.subarray(0, half(bytes))),
  model('its second half', (bytes) => bytes.subarray(half(bytes))),
  model('cut within a number', (bytes) => bytes.subarray(0, bytes.indexOf('leaf_value=') + 16)),
  model('cut below the header', (bytes) => bytes.subarray(0, bytes.indexOf('\nTree=0\n') + 1)),
  model('an empty file', () => '', missing),
  model('a block of zeros in the middle', (bytes) => zeros(bytes, half(bytes), 4096)),
  model('a few zeros where nothing is read', (bytes) => zeros(bytes, bytes.indexOf('split_gain=') + 12, 8)),
  model('a Git LFS pointer', () => LFS),
  model('line ends of Windows', (bytes) => bytes.toString().replaceAll('\n', '\r\n')),
  model('UTF-16', (bytes) => Buffer.from(`\ufeff${bytes}`, 'utf16le')),
  model('packed by gzip', (bytes) => gzipSync(bytes)),
  model('an error page', () => '<!DOCTYPE html>\n<html><head><title>403 Forbidden</title></head></html>\n'),
  model(
    'JSON, as XGBoost writes it',
    () => '{"learner":{"gradient_booster":{"model":{"trees":[]}}},"version":[2,1,0]}',
  ),
  model('an ONNX model', () => Buffer.from('080a120a6f6e6e786d6c746f6f6c733a', 'hex')),
  model('a pickle', () => Buffer.from('80049510000000000000008c086c6967687467626d942e', 'hex')),
  tree('marks of a merge conflict', /\n(Tree=3\n)/, '\n<<<<<<< ours\n=======\n>>>>>>> theirs\n$1'),
  model('the size of a tree is another', (bytes) =>
    bytes.toString().replace(/(tree_sizes=\d+ )\d+/, '$1999'),
  ),
  tree('a leaf that is no number', /(leaf_value=)\S+/, '$1nan'),
  tree('a split on a feature that is not there', /(split_feature=)\d+/, '$199'),
  tree('a child that is its own parent', /(left_child=)\S+/, '$10'),
  tree('a feature is missing', /(feature_names=)\S+ /, '$1'),
  tree('a feature is renamed', /(feature_names=)\S+/, '$1app'),
  tree(
    'two features are swapped',
    /(feature_names=.*)keys_per_min backspace_ratio/,
    '$1backspace_ratio keys_per_min',
    untrue,
  ),
  beside('a vocabulary is reversed', 'categorical_encoders.json', reversed),
  beside('the labels are reversed', 'metadata.json', (metadata) => ({
    ...metadata,
    label_set: [...(metadata.label_set as string[])].reverse(),
  })),
  beside(
    'a label too few',
    'metadata.json',
    (metadata) => ({ ...metadata, label_set: (metadata.label_set as string[]).slice(1) }),
    { by: 'reader', code: 'load_failed', selection: 'other_labels' },
  ),
  tree('a leaf has another value', /(leaf_value=-?0\.)\d/, '$19', {
    by: 'manifest',
    code: 'integrity_mismatch',
    candidate: 'candidate_invalid',
  }),
]

function reversed(encoders: Record<string, unknown>): object {
  const lists = Object.entries(encoders as Record<string, string[]>)
  return Object.fromEntries(lists.map(([name, texts]) => [name, [...texts].reverse()]))
}
