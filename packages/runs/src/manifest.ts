import { type ProcessIdentity, readSmallFile, writeFileAtomic } from '@taskclf/durable-fs'
import { codesOf, messageOf } from '@taskclf/errors'
import { z } from 'zod'
import { RUN_FAILURES } from './error-table.js'
import { storing } from './errors.js'
import { runSpecFileSchema } from './spec.js'
import { describeIssues } from './violations.js'

/** How a run can end. */
export const RUN_OUTCOMES = [
  'succeeded',
  'failed',
  'killed',
  'timed_out',
  'cancelled',
  'spawn_failed',
] as const

/** One of {@link RUN_OUTCOMES}. */
export type RunOutcome = (typeof RUN_OUTCOMES)[number]

/** Which state a run is in. `orphaned`: its runner is gone and left no outcome. `damaged`: its manifest cannot be read. */
export type RunStatus = 'running' | RunOutcome | 'orphaned' | 'damaged'

/** One of the codes of {@link RUN_FAILURES}. */
export type RunFailureCode = keyof typeof RUN_FAILURES

/** The codes of {@link RUN_FAILURES}, in its order. */
export const RUN_FAILURE_CODES: readonly RunFailureCode[] = /* @__PURE__ */ codesOf(RUN_FAILURES)

/** A process identity, as it is written. */
export const identityRecordSchema = z.looseObject({
  host: z.string(),
  machine: z.string(),
  boot: z.string(),
  pid_namespace: z.string(),
  pid: z.int().positive(),
  start_time: z.string(),
})

/** manifest.json: the run as a whole. Written when it starts and once more when it ends. */
export const runManifestSchema = z.looseObject({
  version: z.literal(1),
  run_id: z.string(),
  state: z.enum(['running', ...RUN_OUTCOMES]),
  code: z.enum(RUN_FAILURE_CODES).optional().describe('Why it did not succeed'),
  message: z.string().optional().describe('The same for people'),
  started_at: z.string(),
  ended_at: z.string().optional(),
  duration_ms: z.number().nonnegative().optional(),
  runner: identityRecordSchema.describe('The process that watches over the run'),
  process: identityRecordSchema.optional().describe('The trainer, leader of its own process group'),
  exit: z.looseObject({ code: z.int().nullable(), signal: z.string().nullable() }).optional(),
  bundle: z
    .looseObject({
      model_id: z.string().optional(),
      problems: z
        .array(z.looseObject({ code: z.string(), file: z.string(), message: z.string() }))
        .optional(),
    })
    .optional()
    .describe('What was found in the output directory after exit 0'),
  events: z.int().optional().describe('How many events are recorded'),
  output: z
    .looseObject({ stdout_bytes: z.int(), stderr_bytes: z.int(), cut_bytes: z.int() })
    .optional()
    .describe('How much the trainer said, and how much of that is not recorded'),
  spec: runSpecFileSchema.describe('The resolved spec'),
})

/** A run's manifest, as on disk. */
export type RunManifest = z.infer<typeof runManifestSchema>

/** A process identity as it is written. */
export type IdentityRecord = z.infer<typeof identityRecordSchema>

/** Replaces the manifest, whole. */
export async function writeManifest(path: string, manifest: RunManifest): Promise<void> {
  await storing(`the manifest of run ${manifest.run_id} was not written`, () => writeJson(path, manifest))
}

/** Writes a document as people can read it, atomically. */
export function writeJson(path: string, value: unknown): Promise<void> {
  return writeFileAtomic(path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`))
}

const MAX_MANIFEST_BYTES = 16 * 1024 * 1024

/** The manifest at a path, or why there is none to be had. */
export function readManifest(
  path: string,
): { ok: true; manifest: RunManifest } | { ok: false; message: string } {
  const file = readSmallFile(path, { maxBytes: MAX_MANIFEST_BYTES })
  if (!file.ok) return { ok: false, message: file.message }
  try {
    const parsed = runManifestSchema.safeParse(JSON.parse(file.bytes.toString('utf8')))
    if (parsed.success) return { ok: true, manifest: parsed.data }
    return { ok: false, message: `${path} is not a run manifest: ${describeIssues(parsed.error)}` }
  } catch (error) {
    return { ok: false, message: `${path} is not JSON: ${messageOf(error)}` }
  }
}

/** An identity as it is written. */
export function toIdentityRecord({ pidNamespace, startTime, ...rest }: ProcessIdentity): IdentityRecord {
  return { ...rest, pid_namespace: pidNamespace, start_time: startTime }
}

/** An identity as it was written. */
export function fromIdentityRecord(record: IdentityRecord): ProcessIdentity {
  const { host, machine, boot, pid } = record
  return { host, machine, boot, pid, pidNamespace: record.pid_namespace, startTime: record.start_time }
}
