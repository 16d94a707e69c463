import { parseStrictJson, whyUnusableName } from '@taskclf/registry-core/format'
import type { POINTER_PROBLEMS } from '../error-table.js'
import { FORMAT_VERSION, isNewerVersion } from './format-version.js'

/** Who moves a pointer: an automatic selection, a person, a rollback, or the repair of a missing or broken pointer. */
export const POINTER_SOURCES = ['promotion', 'manual', 'rollback', 'repair'] as const

/** One of {@link POINTER_SOURCES}. */
export type PointerSource = (typeof POINTER_SOURCES)[number]

/** Why the model was chosen, as the Python project writes it. */
export interface PointerReason {
  metric: string
  macro_f1?: number | null | undefined
  weighted_f1?: number | null | undefined
  note?: string | null | undefined
  [key: string]: unknown
}

/** `active.json`. Without `revision` and `write_id` another program wrote it. Unknown keys are kept. */
export interface ActivePointer {
  model_dir: string
  model_id: string
  selected_at: string
  policy_version: number
  reason?: PointerReason | null | undefined
  /** Of this document; absent: 1. */
  version?: number | undefined
  revision?: number | undefined
  write_id?: string | undefined
  source?: PointerSource | undefined
  withdrawn?: string[] | undefined
  policy_digest?: string | undefined
  bundle_digest?: string | undefined
  schema_hash?: string | undefined
  /** The digest of its line in the history; it is not part of what that line holds. */
  line?: string | undefined
  [key: string]: unknown
}

/** What is wrong with a pointer. */
export type PointerProblemCode = keyof typeof POINTER_PROBLEMS

/** One problem of a corrupt pointer, with what to do about it. */
export interface PointerProblem {
  code: PointerProblemCode
  message: string
}

/** `sha256:` and the hex digits of the digest of some bytes, or of a text as UTF-8. */
export type DigestOf = (bytes: Uint8Array | string) => string

/** What a line of the history holds of a pointer: all but where that line is. */
export function recorded({ line: _, ...pointer }: ActivePointer): ActivePointer {
  return pointer
}

/** Reads a pointer's bytes; every problem at once. */
export function parsePointer(
  bytes: Uint8Array,
): { ok: true; pointer: ActivePointer } | { ok: false; problems: PointerProblem[] } {
  const json = parseStrictJson(bytes, 'active.json')
  if (!json.ok) return { ok: false, problems: [{ code: 'malformed_json', message: json.problem.message }] }
  // One that is shown could hide one that is used.
  const twice = json.duplicateKeys.map(
    (at): PointerProblem => ({ code: 'duplicate_key', message: `active.json: ${at} occurs twice` }),
  )
  const problems = [...twice, ...pointerProblems(json.value)]
  return problems.length > 0 ? { ok: false, problems } : { ok: true, pointer: json.value as ActivePointer }
}

/** Everything that keeps a value from being a pointer. */
export function pointerProblems(value: unknown): PointerProblem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ code: 'schema_violation', message: 'active.json must hold one JSON object' }]
  }
  const pointer = value as Record<string, unknown>
  if (isNewerVersion(pointer.version)) return [newer(pointer.version as number)]
  const violations = FIELDS.filter(([key, fits]) => !fits(pointer[key])).map(
    ([key, , form]): PointerProblem => ({
      code: 'schema_violation',
      message: `active.json: ${key} must be ${form}`,
    }),
  )
  if (violations.length > 0) return violations
  return pathProblems(pointer.model_dir as string, pointer.model_id as string)
}

function newer(version: number): PointerProblem {
  const message = `active.json is of version ${version}, which this version of taskclf does not read; upgrade taskclf`
  return { code: 'unsupported_version', message }
}

const isString = (value: unknown) => typeof value === 'string'
const isText = (value: unknown) => typeof value === 'string' && value !== ''
const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value)
const maybe = (fits: (value: unknown) => boolean) => (value: unknown) => value === undefined || fits(value)
const nullish = (fits: (value: unknown) => boolean) => (value: unknown) =>
  value === null || maybe(fits)(value)

const FIELDS: [string, (value: unknown) => boolean, string][] = [
  ['model_dir', isString, 'a string'],
  ['model_id', isText, 'a non-empty string'],
  ['selected_at', isString, 'a string'],
  ['policy_version', isNumber, 'a number'],
  ['reason', nullish(isReason), 'an object with a metric and finite figures, or null'],
  ['version', maybe((value) => value === FORMAT_VERSION), `${FORMAT_VERSION}`],
  [
    'revision',
    maybe((value) => Number.isSafeInteger(value) && (value as number) >= 1),
    'a whole number from 1',
  ],
  ['write_id', maybe(isText), 'a non-empty string'],
  [
    'source',
    maybe((value) => (POINTER_SOURCES as readonly unknown[]).includes(value)),
    `one of ${POINTER_SOURCES}`,
  ],
  ['withdrawn', maybe((value) => Array.isArray(value) && value.every(isString)), 'a list of model ids'],
  ['policy_digest', maybe(isString), 'a string'],
  ['bundle_digest', maybe(isString), 'a string'],
  ['schema_hash', maybe(isString), 'a string'],
  ['line', maybe(isString), 'a string'],
]

function isReason(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const { metric, macro_f1, weighted_f1, note } = value as Record<string, unknown>
  return (
    isString(metric) &&
    nullish(isNumber)(macro_f1) &&
    nullish(isNumber)(weighted_f1) &&
    nullish(isString)(note)
  )
}

function pathProblems(modelDir: string, modelId: string): PointerProblem[] {
  const unsafe = (message: string): PointerProblem[] => [{ code: 'unsafe_model_dir', message }]
  const why = whyUnusableName(modelId)
  if (why !== undefined) {
    return unsafe(`active.json: model_id ${JSON.stringify(modelId)} ${why}, so that it cannot name a bundle`)
  }
  if (modelDir.includes('\0') || /^(?:[/\\]|[A-Za-z]:)/.test(modelDir)) {
    return unsafe(`active.json: model_dir ${JSON.stringify(modelDir)} must be relative`)
  }
  // The Python project on Windows writes backslashes; no segment can hold one, as no id can.
  const segments = modelDir.split(/[/\\]/)
  if (
    segments.length > 2 ||
    segments.some((segment) => segment === '' || segment === '.' || segment === '..')
  ) {
    return unsafe(`active.json: model_dir ${JSON.stringify(modelDir)} must be "<models dir>/<model_id>"`)
  }
  if (segments.at(-1) === modelId) return []
  const message = `active.json: model_dir ${JSON.stringify(modelDir)} does not end in model_id ${JSON.stringify(modelId)}`
  return [{ code: 'model_dir_mismatch', message }]
}
