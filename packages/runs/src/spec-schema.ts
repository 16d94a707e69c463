import { z } from 'zod'
import { jsonObjectSchema } from './json-value.js'
import { PROTOCOL_VERSION } from './protocol-version.js'
import { DEFAULT_GRACE_MS, MAX_TIMER_MS } from './time-limits.js'

const text = z.string().refine((value) => !value.includes('\0'), 'must not hold a NUL character')
const seed = z.int().nonnegative()
const duration = z.int().nonnegative().max(MAX_TIMER_MS)
const variable = text.regex(/^[^=\0]+$/, 'must be the name of a variable')

/** What a caller gives. */
export const inputSchema = z.strictObject({
  command: text.min(1, 'must name a program'),
  args: z.array(text).default([]),
  cwd: text.optional(),
  env: z.record(variable, text).default({}),
  seed: seed.default(0),
  params: jsonObjectSchema.default({}),
  data: z.record(z.string(), text).default({}),
  profile: z.string().optional(),
  timeLimitMs: duration.positive().optional(),
  graceMs: duration.default(DEFAULT_GRACE_MS),
})

/** spec.json: what the trainer reads, and how it was started. */
export const runSpecFileSchema = z.looseObject({
  version: z.literal(PROTOCOL_VERSION),
  run_id: z.string(),
  output_dir: z.string().describe('Write the bundle here: absolute, exists, empty'),
  seed: seed.describe('Use it for everything random'),
  params: jsonObjectSchema.describe('Parameters, as the profile or the caller gave them'),
  data: z.record(z.string(), z.string()).describe('Absolute paths of data files, by name'),
  command: z.string(),
  args: z.array(z.string()),
  cwd: z.string(),
  env: z.record(z.string(), z.string()).describe('Variables set on top of the inherited ones'),
  profile: z.string().optional(),
  time_limit_ms: duration.optional(),
  grace_ms: duration,
})
