import type { ReadablePointer } from './look-at-active.js'
import type { Resolution } from './resolution.js'

/** What a pointer recorded of its bundle's content, and in which write. */
export type Recorded = Pick<Resolution, 'recordedDigest' | 'writeId'>

/** What this pointer recorded. */
export function recordedBy({
  pointer: { bundle_digest, write_id },
}: Pick<ReadablePointer, 'pointer'>): Recorded {
  return {
    ...(bundle_digest !== undefined && { recordedDigest: bundle_digest }),
    ...(write_id !== undefined && { writeId: write_id }),
  }
}
