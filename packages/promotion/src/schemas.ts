import { policySchema, selectionReportSchema } from '@taskclf/selection-policy'
import { z } from 'zod'
import { PROMOTION_OUTCOMES } from './result.js'

const report = selectionReportSchema.shape
const ranked = report.ranked.element.shape
const excluded = report.excluded.element.shape
const reasons = z.array(z.looseObject({ code: z.string(), message: z.string() }))

const contender = { model_id: z.string(), score: z.exactOptional(ranked.score) }

const selection = z.strictObject({
  code: z.exactOptional(z.string()).describe('Why the active model changes, or stays'),
  message: z.exactOptional(z.string()),
  candidate: z
    .exactOptional(z.strictObject({ ...contender, gates: ranked.gates }))
    .describe('The best of the selection'),
  runner_up: z.exactOptional(z.strictObject(contender)),
  incumbent: z.exactOptional(z.strictObject(contender)),
  gain: z.exactOptional(z.string()).describe('On the first rank metric, an exact decimal'),
  required: z.exactOptional(z.string()),
  eligible: z.int(),
  excluded: z.partialRecord(excluded.stage, z.int()).describe('How many left the selection at each stage'),
  requirement: report.requirement,
})

/**
 * Everything about one promotion as JSON; its JSON Schema is `schemas/promotion-result.v1.json`. Written by
 * `toPromotionJson`.
 *
 * @example
 * ```ts
 * promotionResultSchema.parse(JSON.parse(text)).outcome // 'promoted'
 * ```
 */
export const promotionResultSchema = z
  .strictObject({
    version: z.literal(1).describe('Of this format'),
    outcome: z
      .enum(PROMOTION_OUTCOMES)
      .describe('published: another model stays or became active; dry_run: it would have been published'),
    dry_run: z.boolean(),
    at: z.string(),
    actor: z.exactOptional(z.string()),
    candidate: z.strictObject({
      model_id: z.string(),
      generated_id: z
        .boolean()
        .describe('Whether the id was drawn: none is stated, and the directory has no name to keep'),
      digest: z.string(),
      score: ranked.score,
    }),
    policy: policySchema,
    policy_digest: z.string(),
    requirement: report.requirement,
    gates: ranked.gates.describe('Every gate, on the candidate alone'),
    champion: z
      .exactOptional(
        z.strictObject({
          status: z.enum(['found', 'none', 'ignored']),
          source: z.exactOptional(z.enum(['active', 'best', 'newest'])),
          model_id: z.exactOptional(z.string()),
          score: z.exactOptional(ranked.score),
          compared: z.exactOptional(z.boolean()),
        }),
      )
      .describe('Left out when the candidate did not get that far'),
    regression: z
      .exactOptional(
        z.strictObject({
          passed: z.boolean(),
          code: z.string(),
          message: z.string(),
          metric: z.exactOptional(z.string()),
          candidate: z.exactOptional(z.number()),
          champion: z.exactOptional(z.number()),
          drop: z
            .exactOptional(z.string())
            .describe('An exact decimal; negative when the candidate is better'),
          tolerance: z.exactOptional(z.number()).describe('Left out when the policy ranks by no metric'),
          like_for_like: z.boolean(),
        }),
      )
      .describe('The candidate against the champion'),
    checks: z
      .exactOptional(
        z.strictObject({
          status: z.enum(['passed', 'failed', 'not_checked', 'skipped']),
          code: z.exactOptional(z.string()),
          message: z.exactOptional(z.string()),
        }),
      )
      .describe(
        'What loading the candidate and running its self-test found; skipped: nobody was there to try it',
      ),
    rejection: z.exactOptional(
      z.strictObject({
        stage: z.enum(['incompatible', 'metrics', 'gate', 'regression', 'check']),
        code: z.string().describe("The first reason's code"),
        reasons,
      }),
    ),
    published: z.exactOptional(
      z.strictObject({ model_id: z.string(), path: z.string(), bundle_digest: z.string() }),
    ),
    selection: z.exactOptional(selection),
    switch: z.exactOptional(
      z.strictObject({
        model_id: z.string(),
        from: z.string().nullable().describe('What was active before; null for nothing readable'),
        revision: z.int(),
        write_id: z.string(),
      }),
    ),
    active_model_id: z.exactOptional(z.string()),
    rejected_dir: z.exactOptional(z.string()),
    warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  })
  .describe('taskclf promotion result, version 1')

/** A promotion's result as it is in JSON. */
export type PromotionJson = z.infer<typeof promotionResultSchema>
