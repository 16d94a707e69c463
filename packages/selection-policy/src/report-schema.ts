import { z } from 'zod'
import { policySchema } from './policy-schema.js'
import { EXCLUSION_STAGES } from './reason.js'

const bound = () => ({
  equals: z.exactOptional(z.union([z.boolean(), z.number(), z.string()])),
  min: z.exactOptional(z.number()),
  max: z.exactOptional(z.number()),
})

const gate = /* @__PURE__ */ (() =>
  z.strictObject({
    metric: z.string(),
    ...bound(),
    value: z.exactOptional(z.json()).describe('Left out when the bundle has none'),
    derived: z.boolean(),
    passed: z.boolean(),
    code: z.exactOptional(z.string()),
    nearest: z.exactOptional(z.string()),
    shortfall: z.exactOptional(z.string()).describe('How much is missing, an exact decimal'),
  }))()

const reason = /* @__PURE__ */ (() =>
  z.strictObject({
    stage: z.enum(EXCLUSION_STAGES),
    code: z.string(),
    message: z.string(),
    file: z.exactOptional(z.string()),
    at: z.exactOptional(z.string()),
    metric: z.exactOptional(z.string()),
    bound: z.exactOptional(z.strictObject(bound())),
    value: z.exactOptional(z.json()),
    nearest: z
      .exactOptional(z.string())
      .describe('Code metric_absent: the metric of the bundle that was most likely meant'),
    shortfall: z.exactOptional(z.string()),
    expected: z.exactOptional(z.json()),
    actual: z.exactOptional(z.json()),
  }))()

/**
 * A selection report as JSON; its JSON Schema is `schemas/selection-report.v1.json`. Written by `toReportJson`.
 *
 * @example
 * ```ts
 * selectionReportSchema.parse(JSON.parse(text)).best
 * ```
 */
export const selectionReportSchema = /* @__PURE__ */ (() =>
  z
    .strictObject({
      version: z.literal(1).describe('Of this format'),
      best: z.string().nullable().describe('model_id of the best bundle; null when none is eligible'),
      ranked: z.array(
        z.strictObject({
          rank: z.int().min(1),
          model_id: z.string(),
          score: z
            .record(z.string(), z.union([z.number(), z.string(), z.null()]))
            .describe('Rank key → value; null when the bundle has none'),
          gates: z.array(gate),
          warnings: z
            .exactOptional(
              z.array(
                z.strictObject({
                  code: z.string(),
                  file: z.string(),
                  at: z.exactOptional(z.string()),
                  message: z.string(),
                }),
              ),
            )
            .describe(
              'What is odd about the bundle, as figures that contradict each other; left out where nothing is',
            ),
        }),
      ),
      excluded: z.array(
        z.strictObject({
          model_id: z.string(),
          stage: z.enum(EXCLUSION_STAGES).describe('The first stage it did not get past'),
          code: z.string().describe("The first reason's code"),
          reasons: z.array(reason).min(1),
          gates: z.exactOptional(z.array(gate)).describe('Left out for an invalid bundle'),
        }),
      ),
      policy: policySchema,
      requirement: z.strictObject({
        schemas: z.exactOptional(
          z.array(z.strictObject({ hash: z.string(), version: z.exactOptional(z.string()) })),
        ),
        label_set: z.exactOptional(z.array(z.string())),
      }),
    })
    .describe('taskclf selection report, version 1'))()

/** An eligible bundle of a report as it is in JSON. */
export type RankedJson = SelectionReportJson['ranked'][number]

/** A selection report as it is in JSON, keys in snake_case. */
export type SelectionReportJson = z.infer<typeof selectionReportSchema>
