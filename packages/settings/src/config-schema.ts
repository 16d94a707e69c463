import { isId } from '@taskclf/registry-core'
import { z } from 'zod'

const text = z.string({ error: 'must be a string' }).min(1, 'must not be empty')

/** What a configuration, or a family in it, says of where things are. */
const places = {
  models_dir: text.optional().describe('The models directory'),
  runs_dir: text.optional().describe('Where training runs are kept'),
  predictions: text.optional().describe('Where receipts of predictions are kept'),
}

/** What a family takes from the configuration around it where it does not say it itself. */
const shared = {
  schema_hash: text.optional().describe('The feature schema hash to accept'),
  schemas: z
    .array(z.strictObject({ hash: text, version: text.optional() }))
    .min(1, 'must name at least one schema')
    .optional()
    .describe('Feature schemas to accept, in order of preference'),
  feature_schema: text.optional().describe('Feature schema file whose hash to accept'),
  label_set: z.array(text).min(1, 'must name at least one label').optional(),
  policy: z
    .union([text, z.record(z.string(), z.unknown())], { error: 'must be a preset, a path or a policy' })
    .optional()
    .describe('Selection policy: a preset, a file, or the policy itself'),
  profiles: z.record(z.string(), z.record(z.string(), z.unknown())).optional().describe('Trainers by name'),
  loaders: z
    .record(text, text)
    .optional()
    .describe('Loaders of model files: a file name or *.ending, and a module below this file or a package'),
  cadence: text
    .regex(
      /^(daily|weekly|monthly|\d+[mhdw])$/,
      'must be daily, weekly, monthly, or an age such as 36h or 7d',
    )
    .optional()
    .describe('How often to retrain: in every day, week or month of the calendar (UTC), or at an age'),
  python_interop: z
    .boolean({ error: 'must be true or false' })
    .optional()
    .describe(
      'Bundles of the Python project that do not say what a missing number becomes: 0, as that project takes it',
    ),
  checks: z
    .enum(['required', 'if_possible'], { error: 'must be "required" or "if_possible"' })
    .optional()
    .describe('Whether a model that no loader here can load may serve: if_possible lets it, and records it'),
}

const namesOneSchema = ({ schema_hash, schemas }: { schema_hash?: unknown; schemas?: unknown }) =>
  schema_hash === undefined || schemas === undefined
const TWO_SCHEMAS = { error: 'give either schema_hash or schemas', path: ['schema_hash'] }

const familySchema = z
  .strictObject({
    ...places,
    models_dir: text.describe('The models directory of the family'),
    ...shared,
  })
  .refine(namesOneSchema, TWO_SCHEMAS)

const familyName = z
  .string()
  .refine(
    isId,
    'is not the name of a family: letters, digits, dots, dashes and underscores, beginning with a letter or digit',
  )

/** `taskclf.config.json`, version 1. Paths are relative to the file. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1, { error: 'must be 1' }).optional(),
    ...places,
    ...shared,
    actor: text.optional().describe('Who switches, for the history'),
    models: z
      .record(familyName, familySchema)
      .refine((models) => Object.keys(models).length > 0, 'must name at least one family')
      .optional()
      .describe('Families of models by name, each with a registry of its own'),
  })
  .refine(namesOneSchema, TWO_SCHEMAS)
  .meta({ title: 'taskclf configuration, version 1' })

/** A configuration as written. */
export type Config = z.infer<typeof configSchema>

/** What is written of one family. */
export type FamilyConfig = z.infer<typeof familySchema>

/** Every key of a configuration. */
export const CONFIG_KEYS = Object.keys(configSchema.shape)

/** Every key of a family. */
export const FAMILY_KEYS = Object.keys(familySchema.shape)

/** The keys that name one place, which no two families can share. */
export const PLACE_KEYS = Object.keys(places) as (keyof typeof places)[]
