import type { Bundle, ValidBundle } from '@taskclf/registry-core'
import { applyGates, type GateResult, gateReasons, type PreparedGates, prepareGates } from './gates.js'
import { metricReasons } from './metric-reasons.js'
import type { MetricKey, Policy } from './policy.js'
import { type RankedBundle, rank, requiredMetrics } from './rank.js'
import { type ExclusionStage, quote, type Reason, type ReasonCode } from './reason.js'
import { isCompatible, type Requirement } from './requirement.js'

/** A bundle that is not eligible, and everything against it. */
export interface Exclusion {
  modelId: string
  bundle: Bundle
  /** The first stage that it did not get past. */
  stage: ExclusionStage
  /** The first reason's code. */
  code: ReasonCode
  /** All of them, of later stages too; at least one. */
  reasons: Reason[]
  /** Every gate, passed or not; absent for an invalid bundle. */
  gates?: GateResult[]
}

/** The answer to "which model": every bundle exactly once, either ranked or excluded. */
export interface SelectionReport {
  /** The first of `ranked`. */
  best: RankedBundle | undefined
  /** The eligible bundles, best first. */
  ranked: RankedBundle[]
  /** In the order in which the bundles came. */
  excluded: Exclusion[]
  policy: Policy
  requirement: Requirement
}

/** What else bears on a selection. */
export interface SelectOptions {
  /** Ids that were left by a rollback or a manual switch; passed over until a person activates them again. */
  readonly withdrawn?: readonly string[]
}

/**
 * Which bundle should serve, and why each other one does not. Pure: the same input gives the same answer.
 *
 * @throws RangeError when the policy holds a bound that is not finite, which `parsePolicy` refuses.
 * @example
 * ```ts
 * const report = selectBest(await listBundles('models'), DEFAULT_POLICY, { schemas: [{ hash: '8776f20dbb8f' }] })
 * report.best?.bundle.modelId // '2026-03-02_031009_run-8935'
 * report.excluded.map(({ modelId, stage, code }) => `${modelId}: ${stage}, ${code}`)
 * ```
 */
export function selectBest(
  bundles: readonly Bundle[],
  policy: Policy,
  requirement: Requirement,
  options: SelectOptions = {},
): SelectionReport {
  const withdrawn = new Set(options.withdrawn)
  const asked = { gates: prepareGates(policy), metrics: requiredMetrics(policy), requirement, withdrawn }
  const judged = bundles.map((bundle) => judge(bundle, asked))
  supersede(judged, requirement)
  const eligible = judged.flatMap(({ bundle, reasons }) =>
    bundle.status === 'valid' && reasons.length === 0 ? [bundle] : [],
  )
  const ranked = rank(eligible, policy)
  return { best: ranked[0], ranked, excluded: judged.flatMap(toExclusion), policy, requirement }
}

interface Judged {
  bundle: Bundle
  reasons: Reason[]
  gates?: GateResult[]
  schemaRank?: number
}

/** What every bundle is held to. */
interface Asked {
  gates: PreparedGates
  metrics: readonly MetricKey[]
  requirement: Requirement
  withdrawn: ReadonlySet<string>
}

function judge(bundle: Bundle, { gates: prepared, metrics, requirement, withdrawn }: Asked): Judged {
  const left = withdrawn.has(bundle.modelId) ? [{ ...WITHDRAWN }] : []
  if (bundle.status === 'invalid') {
    return { bundle, reasons: [...bundle.problems.map(toReason), ...left] }
  }
  const gates = applyGates(bundle, prepared)
  const { reasons, schemaRank } = isCompatible(bundle, requirement)
  const judged: Judged = {
    bundle,
    gates,
    reasons: [...reasons, ...metricReasons(bundle, metrics), ...gateReasons(gates), ...left],
  }
  if (schemaRank !== undefined) judged.schemaRank = schemaRank
  return judged
}

const WITHDRAWN: Reason = {
  stage: 'withdrawn',
  code: 'withdrawn',
  message: 'left by a rollback or a manual switch; activate it yourself to make it eligible again',
}

function toReason(problem: { code: Reason['code']; message: string; file: string; at?: string }): Reason {
  const { code, message, file, at } = problem
  return { stage: 'invalid', code, message, file, ...(at === undefined ? {} : { at }) }
}

/** Once a schema has an eligible bundle, those of less preferred schemas are out. */
function supersede(judged: readonly Judged[], requirement: Requirement): void {
  const eligible = judged.filter(
    ({ reasons, schemaRank }) => reasons.length === 0 && schemaRank !== undefined,
  )
  const preferred = eligible.reduce((least, { schemaRank }) => Math.min(least, schemaRank ?? least), Infinity)
  const expected = requirement.schemas?.[preferred]?.hash
  for (const { bundle, reasons, schemaRank } of eligible) {
    if (schemaRank === preferred) continue
    const actual = (bundle as ValidBundle).metadata.schema_hash
    const message = `a bundle of the preferred feature schema ${quote(expected)} is eligible; this one is of ${quote(actual)}`
    reasons.push({ stage: 'superseded_schema', code: 'superseded_schema', message, expected, actual })
  }
}

function toExclusion({ bundle, reasons, gates }: Judged): Exclusion[] {
  const [first] = reasons
  if (first === undefined) return []
  const { stage, code } = first
  const exclusion: Exclusion = { modelId: bundle.modelId, bundle, stage, code, reasons }
  if (gates !== undefined) exclusion.gates = gates
  return [exclusion]
}
