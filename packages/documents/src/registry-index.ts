import { z } from 'zod'
import { type DataOf, document } from './parts.js'

/** `taskclf index refresh --json`. */
export const indexRefreshDocument = document('index refresh', {
  models_dir: z.string(),
  file: z.string(),
  bundles: z.int().describe('How many there are, valid or not'),
  eligible: z.int(),
  excluded: z.int(),
  best: z.string().nullable(),
})

/** What `index refresh` wrote. */
export type IndexRefresh = DataOf<typeof indexRefreshDocument>
