import type { ProblemCode } from '@taskclf/registry-core'
import type { EXCLUSION_ANSWERS, GATE_ANSWERS, INCOMPATIBLE_ANSWERS } from './answer-tables.js'

/** Where a bundle left the selection, in the order in which a bundle is looked at. */
export const EXCLUSION_STAGES = [
  'invalid',
  'incompatible',
  'metrics',
  'gate',
  'withdrawn',
  'superseded_schema',
] as const

/** One of {@link EXCLUSION_STAGES}. */
export type ExclusionStage = (typeof EXCLUSION_STAGES)[number]

/** Why a gate did not pass; `metric_absent` also where what is there is not of the kind that the bound needs. */
export type GateCode = keyof typeof GATE_ANSWERS

/** Why a bundle is not what the caller needs. */
export type IncompatibleCode = keyof typeof INCOMPATIBLE_ANSWERS

/** Every code a reason can carry; for the stage `invalid` it is the code of the bundle's problem. */
export type ReasonCode = ProblemCode | IncompatibleCode | GateCode | keyof typeof EXCLUSION_ANSWERS

/** The bound of a gate, as the policy gives it. */
export interface Bound {
  equals?: boolean | number | string
  min?: number
  max?: number
}

/** One thing that speaks against a bundle, in words and as data. */
export interface Reason {
  stage: ExclusionStage
  code: ReasonCode
  /** What is wrong, with the numbers. */
  message: string
  /** Stage `invalid`: the file, relative to the bundle. */
  file?: string
  /** Stage `invalid`: the key path inside the file. */
  at?: string
  /** Stages `metrics` and `gate`. */
  metric?: string
  /** Stage `gate`. */
  bound?: Bound
  /** Stages `metrics` and `gate`: what the bundle has, when it has anything. */
  value?: unknown
  /** Code `metric_absent`: the metric of the bundle that was most likely meant. */
  nearest?: string
  /** Stage `gate`: how much is missing, as an exact decimal. */
  shortfall?: string
  /** Stages `incompatible` and `superseded_schema`: what was asked for. */
  expected?: unknown
  /** Stages `incompatible` and `superseded_schema`: what the bundle has. */
  actual?: unknown
}

const LONGEST = 60
const PRINTABLE = /^[\x20-\x7e]*$/

const escapeCharacter = (c: string): string => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`

/**
 * A name out of a document or a policy as it may appear in a sentence: as it is where it is plain, else quoted, on one line.
 *
 * @example
 * ```ts
 * plainName('auc') // auc
 * plainName('auc\\n::error::') // "auc\\n::error::", quoted and escaped
 * ```
 */
export function plainName(name: string): string {
  return name !== '' && name.length <= LONGEST && PRINTABLE.test(name) ? name : quote(name)
}

/** A value from a document as it may appear in a sentence: JSON, on one line, not endless. */
export function quote(value: unknown): string {
  const json = JSON.stringify(value) ?? 'nothing'
  const text = PRINTABLE.test(json)
    ? json
    : json.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escapeCharacter)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
