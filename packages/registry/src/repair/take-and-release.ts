import { acquireLock } from '@taskclf/durable-fs'

/** An owner that lives is waited for a moment, and never overtaken. */
const ONLY_DEAD = { staleAfterMs: Number.POSITIVE_INFINITY, timeoutMs: 1000 }

/** Takes a lock of a dead owner, which removes what it left, and gives it back. */
export async function takeAndRelease(path: string): Promise<void> {
  const lock = await acquireLock(path, ONLY_DEAD)
  await lock.release()
}
