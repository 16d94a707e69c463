import { z } from 'zod'
import { findFileNames, findLabels } from './document-parts.js'
import { fraction, text, texts, uniqueTexts } from './schema-parts.js'
import { isObject } from './shape.js'

const object = { error: 'must be an object' }

/**
 * `metadata.json`, version 1. Keys not named here are kept.
 *
 * @example
 * ```ts
 * bundleMetadataSchema.safeParse({ created_at: '2026-03-01T00:00:00Z', schema_hash: '8776f20dbb8f' }).success // true
 * ```
 */
export const bundleMetadataSchema = /* @__PURE__ */ (() =>
  z
    .looseObject(
      {
        model_id: text().optional().meta({ description: "The directory's name, for a promoted bundle." }),
        created_at: z
          .string({ error: 'must be a timestamp' })
          .meta({ description: 'When the model was trained: RFC 3339; without an offset, UTC.' }),
        schema_hash: text()
          .optional()
          .meta({ description: 'Hash of the feature schema the model was trained on.' }),
        schema_version: text().optional().meta({ description: 'Name of that feature schema, for people.' }),
        label_set: uniqueTexts(findLabels).optional(),
        train_range: z.looseObject({ from: text(), to: text() }, object).optional(),
        train_date_from: text().optional().meta({ description: "The Python project's train_range.from." }),
        train_date_to: text().optional().meta({ description: "The Python project's train_range.to." }),
        params: z.custom<Record<string, unknown>>(isObject, object).optional().meta({ type: 'object' }),
        params_hash: text().optional(),
        dataset_hash: text().optional(),
        git_commit: text().optional(),
        reject_threshold: fraction()
          .nullable()
          .optional()
          .meta({ description: 'Below this probability a row is rejected; absent or null: none is.' }),
        reject_label: text()
          .optional()
          .meta({ description: 'What a rejected row is called.', default: 'Mixed/Unknown' }),
        data_provenance: z
          .enum(['real', 'synthetic', 'mixed'], { error: 'must be "real", "synthetic" or "mixed"' })
          .optional(),
        artifacts: uniqueTexts(findFileNames).optional(),
        preprocessing: z
          .looseObject(
            {
              missing_numeric: z.enum(['nan', 'zero'], { error: 'must be "nan" or "zero"' }).optional().meta({
                description: 'What a missing number becomes; absent: NaN, which the model handles.',
              }),
            },
            object,
          )
          .optional(),
        task: z
          .enum(['classification', 'regression', 'scores'], {
            error: 'must be "classification", "regression" or "scores"',
          })
          .optional()
          .meta({
            description:
              'What the outputs are; absent: classification where labels are stated, else what the objective of the model says.',
          }),
        description: text().optional().meta({ description: 'What the model is, for people.' }),
        tags: texts().optional().meta({ description: 'Words to find it by, for people.' }),
        source: z
          .looseObject(
            {
              path: text().optional(),
              run: text().optional(),
              registry: text().optional(),
              model_id: text().optional(),
            },
            object,
          )
          .optional()
          .meta({ description: 'Where the bundle came from.' }),
      },
      object,
    )
    .meta({ title: 'Bundle metadata, version 1' }))()

/** `metadata.json` as on disk, snake_case, unknown keys included. */
export type BundleMetadata = z.infer<typeof bundleMetadataSchema>
