import { selectionReportSchema } from '@taskclf/selection-policy'
import { z } from 'zod'
import { bundleFinding, type DataOf, document, finding, gate, reason } from './parts.js'

/** `taskclf model select --json`. */
export const modelSelectDocument = document('model select', {
  models_dir: z.string(),
  policy_source: z.string().describe('Preset or file'),
  policy_digest: z.string(),
  report: selectionReportSchema,
  decision: z.strictObject({
    switch: z.boolean(),
    code: z.string(),
    message: z.string(),
    candidate: z.string().nullable(),
    incumbent: z.string().nullable(),
    gain: z.string().optional().describe('On the first rank metric, an exact decimal'),
    required: z.string().optional(),
  }),
  activated: z.strictObject({ model_id: z.string(), revision: z.int(), write_id: z.string() }).nullable(),
})

/** What `model select` found. */
export type ModelSelect = DataOf<typeof modelSelectDocument>

/** `taskclf model set-active --json` and `taskclf model rollback --json`. */
export const modelSwitchDocument = document('model switch', {
  models_dir: z.string(),
  model_id: z.string(),
  revision: z.int().min(1),
  write_id: z.string(),
  pointer_version: z.string().describe('For --expect-version'),
  source: z.string(),
  previous: z.strictObject({
    status: z.enum(['absent', 'valid', 'corrupt']),
    model_id: z.string().nullable(),
    revision: z.int().nullable(),
  }),
  withdrawn: z.array(z.string()).describe('Passed over by automatic selection from now on'),
  forced: z.array(reason).describe('What --force went past'),
  passed_over: z.array(
    z.strictObject({ revision: z.int().nullable(), model_id: z.string(), why: z.string() }),
  ),
})

/** What a switch did. */
export type ModelSwitch = DataOf<typeof modelSwitchDocument>

/** `taskclf model withdraw --json` and `taskclf model readmit --json`. */
export const modelWithdrawDocument = document('model withdraw', {
  models_dir: z.string(),
  model_id: z.string().describe('The model that was withdrawn, or readmitted'),
  changed: z.boolean().describe('false: it was so already, and nothing was written'),
  active_model_id: z.string().nullable().describe('Stays active; null where nothing was written'),
  revision: z.int().nullable(),
  write_id: z.string().nullable(),
  pointer_version: z.string().nullable().describe('For --expect-version'),
  withdrawn: z.array(z.string()).describe('Passed over by automatic selection from now on'),
})

/** What a withdrawal or a readmission did. */
export type ModelWithdraw = DataOf<typeof modelWithdrawDocument>

/** `taskclf model history --json`, newest first. */
export const modelHistoryDocument = document('model history', {
  models_dir: z.string(),
  entries: z.array(
    z.strictObject({
      line: z.int().min(1),
      state: z.string().describe('visible: was active once'),
      revision: z.int().nullable(),
      write_id: z.string().nullable(),
      at: z.string(),
      at_utc: z.string().nullable(),
      at_local: z.exactOptional(z.string()).describe('With --local: the same in the zone of this machine'),
      model_id: z.string(),
      previous_model_id: z.string().nullable(),
      source: z.string().nullable(),
      kind: z
        .string()
        .nullable()
        .describe('What kind of switch it was: promotion, select, set-active, rollback, repair, …'),
      actor: z.string().nullable(),
      note: z.string().nullable(),
      decision: z.json().optional(),
    }),
  ),
  problems: z.array(z.strictObject({ line: z.int(), code: z.string(), message: z.string() })),
  warnings: z.array(finding),
})

/** What `model history` found. */
export type ModelHistory = DataOf<typeof modelHistoryDocument>

/** `taskclf model active --json`. */
export const modelActiveDocument = document('model active', {
  models_dir: z.string(),
  at: z.string().nullable().describe('The time that was asked for, in UTC; null: now'),
  model_id: z.string().nullable().describe('null where no model is, or was, active'),
  revision: z.int().nullable(),
  since_utc: z.string().nullable().describe('When it became active, where the history says it'),
  state: z
    .string()
    .nullable()
    .describe('Of its line: visible, or unconfirmed where the pointer was lost since'),
  source: z.string().nullable(),
  kind: z.string().nullable(),
  actor: z.string().nullable(),
  note: z.string().nullable(),
})

/** What `model active` found. */
export type ModelActive = DataOf<typeof modelActiveDocument>

/** A value in which two models differ. */
const difference = z.strictObject({
  at: z.string().describe('Path of the key'),
  one: z.json().nullable().describe('null where it has none'),
  other: z.json().nullable(),
  change: z.string().nullable().describe('other minus one, an exact decimal; null where one is not a number'),
  better: z
    .boolean()
    .nullable()
    .describe(
      'Whether other is better by the order of the policy; null of a metric that the policy does not rank by',
    ),
})

/** `taskclf model diff --json`. */
export const modelDiffDocument = document('model diff', {
  models_dir: z.string(),
  one: z.string(),
  other: z.string(),
  metrics: z.array(difference),
  metadata: z.array(difference),
  artifacts: z.strictObject({
    only_one: z.array(z.string()),
    only_other: z.array(z.string()),
    differ: z.array(z.string()),
    unknown: z.array(z.string()).describe('A manifest is missing that would tell'),
  }),
  predictions: z
    .strictObject({
      rows: z.int().describe('Rows that both models answered'),
      refused: z.int().describe('Rows that one of them refused'),
      agree: z.int().describe('Rows with the same label; of other tasks, with equal values'),
      largest_difference: z.number().nullable().describe('Of a probability, value or score'),
    })
    .nullable()
    .describe('With --input: how far their predictions agree'),
})

/** What `model diff` found. */
export type ModelDiff = DataOf<typeof modelDiffDocument>

const importance = z.array(z.strictObject({ column: z.string(), split: z.int(), gain: z.number() }))

/** `taskclf model inspect --json`. */
export const modelInspectDocument = document('model inspect', {
  model_id: z.string(),
  path: z.string(),
  status: z.enum(['valid', 'invalid']),
  active: z.boolean(),
  eligible: z.boolean(),
  created_at_utc: z.string().nullable(),
  metadata: z
    .json()
    .describe('As on disk, derived values filled in; for an invalid bundle what could be read'),
  metrics: z.json(),
  derived: z.strictObject({ metadata: z.array(z.string()), metrics: z.array(z.string()) }),
  artifacts: z.array(z.string()),
  manifest: z.boolean().describe('Whether the bundle says what was published'),
  gates: z.array(gate),
  reasons: z.array(reason).describe('Why it is not eligible'),
  problems: z.array(bundleFinding),
  warnings: z.array(bundleFinding),
  assumed: z
    .array(z.strictObject({ code: z.string(), message: z.string(), columns: z.array(z.string()) }))
    .describe('What the bundle leaves open, and what predicting makes of it'),
  importance: importance.nullable().describe('How much each column was used in training; with --importance'),
})

/** What `model inspect` found. */
export type ModelInspect = DataOf<typeof modelInspectDocument>

/** `taskclf model verify --json`. */
export const modelVerifyDocument = document('model verify', {
  models_dir: z.string(),
  ok: z.boolean(),
  bundles: z.array(
    z.strictObject({
      model_id: z.string(),
      path: z.string(),
      ok: z.boolean(),
      /** Whether there was a manifest to compare the files with. */
      verified: z.boolean(),
      files: z.array(
        z.strictObject({
          name: z.string(),
          size: z.int().nullable(),
          sha256: z.string().nullable(),
          expected_sha256: z.string().nullable(),
          outcome: z.string(),
        }),
      ),
      problems: z.array(bundleFinding),
      warnings: z.array(bundleFinding),
      checks: z
        .strictObject({
          status: z.enum(['passed', 'failed', 'not_checked', 'skipped']),
          code: z.exactOptional(z.string()),
          message: z.exactOptional(z.string()),
        })
        .describe('What loading the model found; skipped: it was not loaded'),
    }),
  ),
})

/** What `model verify` found. */
export type ModelVerify = DataOf<typeof modelVerifyDocument>
