import { withSizes } from './model-text.js'

/** A generator of numbers in [0, 1) that a seed decides (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export type Damage = (text: string, random: () => number) => Uint8Array

const encode = (text: string) => new TextEncoder().encode(text)
const below = (random: () => number, limit: number) => Math.floor(random() * limit)

/** Damage to the part LightGBM reads for predicting is the interesting one; the rest gets its share too. */
function place(text: string, random: () => number): number {
  return below(random, random() < 0.9 ? text.indexOf('\nend of trees') : text.length)
}

/** Changes one number of one field of one tree, with byte counts that agree. */
function withNumber(
  text: string,
  random: () => number,
  fields: string[],
  to: (old: string) => string,
): string {
  const field = fields[below(random, fields.length)] as string
  const lines = [...text.matchAll(new RegExp(`^${field}=(?=[^\\n ]).*$`, 'gm'))]
  const line = lines[below(random, lines.length)]
  if (line === undefined) return text
  const words = line[0].slice(field.length + 1).split(' ')
  const at = below(random, words.length)
  words[at] = to(words[at] as string)
  const start = line.index
  return withSizes(`${text.slice(0, start)}${field}=${words.join(' ')}${text.slice(start + line[0].length)}`)
}

function onLine(text: string, random: () => number, change: (line: string) => string): string {
  const lines = text.slice(0, text.indexOf('\nend of trees') + 1).split('\n')
  const from = random() < 0.3 ? below(random, 12) : below(random, lines.length - 1)
  lines[from] = change(lines[from] as string)
  return lines.join('\n') + text.slice(text.indexOf('\nend of trees') + 1)
}

const INDEXES = ['left_child', 'right_child', 'split_feature', 'cat_boundaries', 'leaf_features']
const COUNTS = [
  'num_leaves',
  'num_cat',
  'num_class',
  'num_tree_per_iteration',
  'max_feature_idx',
  'num_features',
]
const ABSURD = ['999999999', '2147483647', '4294967296', '1e9', '99999999999999999999', '-1', '0', '']

export const DAMAGES: Record<string, Damage> = {
  'cut off': (text, random) => encode(text).slice(0, place(text, random)),
  'a flipped bit': (text, random) => {
    const bytes = encode(text)
    const at = place(text, random)
    bytes[at] = (bytes[at] as number) ^ (1 << below(random, 8))
    return bytes
  },
  'another digit': (text, random) => {
    const bytes = encode(text)
    let at = place(text, random)
    while (at < bytes.length && !isDigit(bytes[at] as number)) at += 1
    if (at < bytes.length) bytes[at] = 0x30 + below(random, 10)
    return bytes
  },
  'another digit, sizes mended': (text, random) => {
    const fields = ['threshold', 'leaf_value', 'decision_type', 'cat_threshold', 'leaf_coeff', ...INDEXES]
    return encode(withNumber(text, random, fields, (old) => old.replace(/\d/, String(below(random, 10)))))
  },
  'a byte lost': (text, random) => {
    const at = place(text, random)
    return encode(text.slice(0, at) + text.slice(at + 1))
  },
  'a byte lost, sizes mended': (text, random) => {
    const at = place(text, random)
    return encode(withSizes(text.slice(0, at) + text.slice(at + 1)))
  },
  'a line lost': (text, random) => encode(withSizes(onLine(text, random, () => ''))),
  'a field lost': (text, random) => {
    const gone = onLine(text, random, () => '\u0000')
    return encode(withSizes(gone.replace('\u0000\n', '')))
  },
  'a line doubled': (text, random) => encode(withSizes(onLine(text, random, (line) => `${line}\n${line}`))),
  'two lines joined': (text, random) => {
    const newlines = [...text.slice(0, text.indexOf('\nend of trees')).matchAll(/\n/g)]
    const at = newlines[below(random, newlines.length)]?.index ?? 0
    return encode(withSizes(`${text.slice(0, at)} ${text.slice(at + 1)}`))
  },
  'an index out of range': (text, random) => {
    const wild = ['-2147483648', '2147483647', '65535', '-65536', '99', '-99', '1.5', '0']
    return encode(withNumber(text, random, INDEXES, () => wild[below(random, wild.length)] as string))
  },
  'a child that is another node': (text, random) => {
    const to = () => String(below(random, 12) - 6)
    return encode(withNumber(text, random, ['left_child', 'right_child'], to))
  },
  'an absurd count': (text, random) => {
    return encode(withNumber(text, random, COUNTS, () => ABSURD[below(random, ABSURD.length)] as string))
  },
  'an absurd word': (text, random) => {
    const words = [
      'nan',
      '-nan',
      'inf',
      '-inf',
      'NaN',
      'Infinity',
      '1e999',
      '-1e999',
      '0x10',
      '1_0',
      '+',
      '1,5',
    ]
    const fields = ['threshold', 'leaf_value', 'leaf_const', 'leaf_coeff', 'decision_type', 'split_gain']
    return encode(withNumber(text, random, fields, () => words[below(random, words.length)] as string))
  },
  'two trees exchanged': (text, random) => {
    const numbers = [...text.matchAll(/^Tree=(\d+)$/gm)]
    const one = numbers[below(random, numbers.length)]
    const other = numbers[below(random, numbers.length)]
    if (one === undefined || other === undefined) return encode(text)
    return encode(withSizes(text.replace(`${one[0]}\n`, `Tree=${other[1]}\n`)))
  },
  'CRLF somewhere': (text, random) => {
    const from = random() < 0.3 ? 0 : place(text, random)
    return encode(text.slice(0, from) + text.slice(from).replaceAll('\n', '\r\n'))
  },
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}
