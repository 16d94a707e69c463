import { type ProcessIdentity, readSmallFile } from '@taskclf/durable-fs'
import { messageOf } from '@taskclf/errors'
import { type IdentityRecord, type RunManifest, runManifestSchema } from './manifest-schema.js'
import { isRunManifest } from './run-shapes.js'
import { describeIssues } from './violations.js'

const MAX_MANIFEST_BYTES = 16 * 1024 * 1024

/** The manifest at a path, or why there is none to be had. */
export function readManifest(
  path: string,
): { ok: true; manifest: RunManifest } | { ok: false; message: string } {
  const file = readSmallFile(path, { maxBytes: MAX_MANIFEST_BYTES })
  if (!file.ok) return { ok: false, message: file.message }
  try {
    const value: unknown = JSON.parse(file.bytes.toString('utf8'))
    if (isRunManifest(value)) return { ok: true, manifest: value }
    // Asked for what is wrong.
    const parsed = runManifestSchema.safeParse(value)
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
