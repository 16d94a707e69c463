import { z } from 'zod'
import { type DataOf, document } from './parts.js'

/** `taskclf import --json`. */
export const importDocument = document('import', {
  candidate: z.string().describe('The directory that was made'),
  from: z.string().describe('The model file that was given'),
  artifact: z.string().describe('What it is called in the candidate'),
  model_id: z.string().nullable().describe('The id that it states; null: found at its promotion'),
  task: z.string().nullable().describe('What it answers, as metadata.json states it; null: not stated'),
  features: z.array(z.string()).describe('The columns of the model, in their order'),
  outputs: z.int().describe('Outputs per row'),
  created_at: z.string(),
  metrics: z.record(z.string(), z.unknown()),
  taken: z.array(z.string()).describe('Files beside the model that are part of the candidate'),
  left_out: z.array(z.string()).describe('Files beside it that are not'),
})

/** What `import` made. */
export type ModelImport = DataOf<typeof importDocument>
