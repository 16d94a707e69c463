import type { ValidBundle } from '@taskclf/registry-core'
import {
  type Policy,
  score,
  selectBest,
  toDecision,
  toReportJson,
  toScoreJson,
} from '@taskclf/selection-policy'
import type { ChampionResult, PromotionResult } from './result.js'
import type { PromotionJson } from './schemas.js'

/**
 * A promotion's result as a JSON document: ids in place of bundles, counts in place of the full lists of the
 * selection, snake_case keys. `promotionResultSchema` describes it.
 *
 * @example
 * ```ts
 * process.stdout.write(JSON.stringify(toPromotionJson(await promote(options)), null, 2))
 * ```
 */
export function toPromotionJson(result: PromotionResult): PromotionJson {
  const { candidate, policy, policyDigest, champion, published, selection } = result
  const json = {
    version: 1,
    outcome: result.outcome,
    dry_run: result.dryRun,
    at: result.at.toISOString(),
    actor: result.actor,
    candidate: {
      model_id: candidate.modelId,
      generated_id: candidate.generatedId,
      digest: candidate.digest,
      score: toScoreJson(score(candidate.bundle, policy)),
    },
    policy,
    policy_digest: policyDigest,
    requirement: { schemas: result.requirement.schemas, label_set: result.requirement.labelSet },
    gates: gatesJson(candidate.bundle, policy),
    champion: champion && championJson(champion, policy),
    regression: regressionJson(result),
    checks: result.checks,
    rejection: result.rejection,
    published: published && {
      model_id: published.modelId,
      path: published.path,
      bundle_digest: published.bundleDigest,
    },
    selection: selection && toDecision(selection.report, selection.decision),
    switch: switchJson(result),
    active_model_id: result.activeModelId,
    rejected_dir: result.rejectedDir,
    warnings: result.warnings.map(({ code, message }) => ({ code, message })),
  }
  // Leaves out what is absent, and shares nothing with the result.
  return JSON.parse(JSON.stringify(json)) as PromotionJson
}

/** A line of the history must stay short. */
const MOST_WARNINGS = 20

/** The result as the history keeps it: the decision on top, as of every automatic switch, the promotion below. */
export function toHistoryDecision(result: PromotionResult): Record<string, unknown> {
  const { selection, policy: _, policy_digest, requirement: __, ...promotion } = toPromotionJson(result)
  const warnings = promotion.warnings.slice(0, MOST_WARNINGS)
  return { kind: 'promotion', policy_digest, ...selection, promotion: { ...promotion, warnings } }
}

/** Every gate on one bundle, whatever it is required to fit. */
function gatesJson(bundle: ValidBundle, policy: Policy) {
  const { ranked, excluded } = toReportJson(selectBest([bundle], policy, {}))
  return (ranked[0] ?? excluded[0])?.gates
}

function championJson(champion: ChampionResult, policy: Policy) {
  if (champion.status !== 'found') return { status: champion.status }
  const { status, source, bundle, compared } = champion
  return { status, source, model_id: bundle.modelId, score: toScoreJson(score(bundle, policy)), compared }
}

function regressionJson({ regression }: PromotionResult) {
  if (regression === undefined) return undefined
  const { warnings: _, likeForLike, ...rest } = regression
  return { ...rest, like_for_like: likeForLike }
}

function switchJson({ switch: made }: PromotionResult) {
  if (made === undefined) return undefined
  const { pointer, previous, revision } = made
  const from = previous.status === 'valid' ? previous.modelId : null
  return { model_id: pointer.model_id, from, revision, write_id: pointer.write_id }
}
