import { pick } from '../torture/registry.js'

/** JSON text that no value serializes to: written into the document as it stands. */
class Raw {
  constructor(readonly text: string) {}
}

type Random = () => number

const below = (random: Random, limit: number): number => Math.floor(random() * limit)

const NUMBERS = [
  '0',
  '-0',
  '1',
  '-1',
  '0.5',
  '1.0000000001',
  '999',
  '1e308',
  '1e999',
  '-1e999',
  '5e-324',
  '0.1e-7',
  '1E2',
  '9007199254740991',
  '9007199254740992',
  '-9007199254740993',
  '4294967296',
  '2147483648',
  '0.30000000000000004',
  '1234567890123456789012345678901234567890',
  '7'.repeat(5000),
  '0.'.padEnd(400, '3'),
  'NaN',
  'Infinity',
  '-Infinity',
  '01',
  '+1',
  '.5',
  '1.',
]
const STRINGS = [
  '',
  ' ',
  '.',
  '..',
  '/',
  '\\',
  '../run-b',
  '/etc/passwd',
  'run-b',
  'run-a',
  'C:\\x',
  'a/b/c',
  '\0',
  'a\nb',
  '\u001b[2J',
  '\u001b]0;x\u0007',
  '\u202e',
  '\ufeff',
  '\ud800',
  '\udfff\ud800',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'NaN',
  'true',
  '0.9',
  '2026-03-01T00:00:00+00:00',
  '2026-02-30T00:00:00Z',
  '2026-03-01T24:00:00Z',
  '2016-12-31T23:59:60Z',
  '20260301T000000.123456789+2359',
  '-271821-04-20',
  'x'.repeat(3000),
  'é'.repeat(200),
  'model.txt',
  'metadata.json',
  'manifest.json',
  '.hidden',
  'v1',
  '8776f20dbb8f',
  'macro_f1',
  'per_class.Build.f1',
  'created_at',
  'model_id',
  'desc',
  'asc',
]
const KEYS = [
  ...STRINGS.slice(20, 27),
  'macro_f1',
  'min',
  'max',
  'equals',
  'metric',
  'field',
  'order',
  'confusion_matrix',
  'label_names',
  'per_class',
  'revision',
  'write_id',
  'new',
  'old',
  'type',
]

/** Any value, of any depth the random numbers like. */
function anything(random: Random, depth = 0): unknown {
  const kind = random()
  if (kind < 0.35) return new Raw(pick(NUMBERS, random))
  if (kind < 0.65) return pick(STRINGS, random)
  if (kind < 0.78) return pick([null, true, false], random)
  if (depth > 3) return []
  if (kind < 0.85) return Array.from({ length: below(random, 4) }, () => anything(random, depth + 1))
  if (kind < 0.97)
    return Object.fromEntries(
      Array.from({ length: below(random, 4) }, () => [pick(KEYS, random), anything(random, depth + 1)]),
    )
  const deep = below(random, 3000)
  return new Raw(
    random() < 0.5 ? '['.repeat(deep) + ']'.repeat(deep) : `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
  )
}

type Slot = { holder: Record<string, unknown>; key: string }

function slotsOf(value: unknown, slots: Slot[] = []): Slot[] {
  if (typeof value !== 'object' || value === null || value instanceof Raw) return slots
  for (const key of Object.keys(value)) {
    slots.push({ holder: value as Record<string, unknown>, key })
    slotsOf((value as Record<string, unknown>)[key], slots)
  }
  return slots
}

function put(holder: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

function changeOne(root: { value: unknown }, random: Random): void {
  const slots = slotsOf(root)
  if (slots.length === 0) return
  const { holder, key } = pick(slots, random)
  const old = holder[key]
  const kind = random()
  if (kind < 0.35) put(holder, key, anything(random))
  else if (kind < 0.5 && Array.isArray(holder)) holder.splice(Number(key), below(random, 2), anything(random))
  else if (kind < 0.5) delete holder[key]
  else if (kind < 0.6 && !Array.isArray(holder)) put(holder, pick(KEYS, random), old)
  else if (kind < 0.7) {
    const other = pick(slots, random)
    const swapped = other.holder[other.key]
    // A value must not come to lie within itself.
    if (typeof swapped !== 'object' && typeof old !== 'object') {
      put(other.holder, other.key, old)
      put(holder, key, swapped)
    }
  } else if (kind < 0.85 && typeof old === 'number') put(holder, key, new Raw(nudge(old, random)))
  else if (typeof old === 'string') put(holder, key, splice(old, pick(STRINGS, random), random))
  else if (Array.isArray(old)) put(holder, key, [...old, ...old])
  else put(holder, Array.isArray(holder) ? key : pick(KEYS, random), anything(random))
}

function nudge(value: number, random: Random): string {
  return pick(
    [
      `${value}${below(random, 10)}`,
      `${-value}`,
      `${value + 1}`,
      `${value * 1.0000001}`,
      `${value}e${below(random, 400)}`,
      `${value}.0`,
    ],
    random,
  )
}

function splice(text: string, other: string, random: Random): string {
  const at = below(random, text.length + 1)
  return text.slice(0, at) + other + text.slice(at + below(random, 3))
}

function write(value: unknown, random: Random): string {
  if (value instanceof Raw) return value.text
  if (Array.isArray(value)) return `[${value.map((item) => write(item, random)).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, item]) => `${text(key, random)}:${write(item, random)}`)
    if (members.length > 0 && random() < 0.01) members.push(pick(members, random))
    return `{${members.join(random() < 0.02 ? ' ,\n\t' : ',')}}`
  }
  return typeof value === 'string' ? text(value, random) : (JSON.stringify(value) ?? 'null')
}

function text(value: string, random: Random): string {
  const plain = JSON.stringify(value)
  if (random() > 0.02) return plain
  return plain.replace(/[a-z]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** A JSON document changed in some places of its structure, and now and then in its bytes. */
export function mutateJson(seed: unknown, random: Random): Uint8Array {
  const root = { value: structuredClone(seed) }
  for (let i = 1 + below(random, random() < 0.8 ? 3 : 12); i > 0; i--) changeOne(root, random)
  const bytes = Buffer.from(write(root.value, random))
  return random() < 0.12 ? mutateBytes(bytes, random) : bytes
}

/** Bytes flipped, lost, doubled, moved, cut off, or with something before them that editors leave. */
export function mutateBytes(seed: Uint8Array, random: Random): Uint8Array {
  let bytes = Buffer.from(seed)
  for (let i = 1 + below(random, 4); i > 0; i--) {
    const at = below(random, bytes.length + 1)
    const to = Math.min(bytes.length, at + below(random, 12))
    const kind = random()
    if (kind < 0.3 && at < bytes.length) bytes[at] = (bytes[at] as number) ^ (1 << below(random, 8))
    else if (kind < 0.45) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)])
    else if (kind < 0.6) bytes = Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)])
    else if (kind < 0.7) bytes = bytes.subarray(0, at)
    else if (kind < 0.8)
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(pick(STRINGS, random)), bytes.subarray(at)])
    else if (kind < 0.85) bytes = Buffer.concat([Buffer.from('\ufeff'), bytes])
    else if (kind < 0.95)
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([below(random, 256)]), bytes.subarray(at)])
    else bytes = Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1')
  }
  return bytes
}
