import { z } from 'zod'

/** Something worth saying besides the data; the same lines go to standard error. */
const note = z.strictObject({
  level: z.enum(['note', 'warning', 'error']),
  code: z.string(),
  message: z.string(),
})

/** A document of the command line: its format's version, its own keys, and notes. */
export function document<S extends z.ZodRawShape>(title: string, shape: S) {
  return z
    .strictObject({ version: z.literal(1), ...shape, notes: z.array(note) })
    .meta({ title: `taskclf ${title}, version 1` })
}

/** What a command returns of a document: the frame adds version and notes. */
export type DataOf<D extends z.ZodType> = Omit<z.infer<D>, 'version' | 'notes'>

/** A code of a closed list with the sentence that goes with it. */
export const finding = z.strictObject({ code: z.string(), message: z.string() })

/** That another model serves than the one that was chosen, and why. */
export const degraded = z
  .strictObject({
    code: z.string(),
    wanted: z.string().nullable().describe('The model that the pointer names, where it can be read'),
    message: z.string(),
    confirmed: z
      .boolean()
      .nullable()
      .describe(
        'Of the last good model: whether the history proves that it served; null where another way was taken',
      ),
    revision: z.int().nullable().describe('Of the last good model: the revision that served'),
  })
  .nullable()
  .describe('Why another model serves than the one that was chosen; null where it does not')

/** The same, where it is so. */
export type DegradedJson = NonNullable<z.infer<typeof degraded>>

/** A problem or warning of a bundle. */
export const bundleFinding = z.strictObject({
  code: z.string(),
  file: z.string().describe('Relative to the bundle; empty for the bundle itself'),
  at: z.string().optional().describe('Key path inside the file'),
  message: z.string(),
  errno: z.string().optional().describe('Why the system failed, where it did and not the content'),
})

/** Why a bundle is not eligible, with whatever numbers belong to it. */
export const reason = z.looseObject({ stage: z.string(), code: z.string(), message: z.string() })

/** How a bundle did at a gate. */
export const gate = z.looseObject({
  metric: z.string(),
  passed: z.boolean(),
  derived: z.boolean(),
  code: z.string().optional(),
  shortfall: z.string().optional(),
})

/** A bundle that is not eligible. */
export const exclusion = z.strictObject({
  model_id: z.string(),
  stage: z.string(),
  code: z.string(),
  reasons: z.array(reason).min(1),
})
