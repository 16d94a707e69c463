import { setTimeout as delay } from 'node:timers/promises'
import { isProcessAlive, readSmallFile } from '@taskclf/durable-fs'
import { RunsError, storing } from './errors.js'
import { runPaths } from './layout.js'
import { fromIdentityRecord } from './manifest.js'
import type { RunManifest } from './manifest-schema.js'
import { readRun } from './read-run.js'
import { signalGroup } from './trainer-process.js'
import { writeJson } from './write-manifest.js'

/** How {@link cancelRun} asks. */
export interface CancelRunOptions {
  /** Recorded with the run. */
  reason?: string
  /** For an orphan: between SIGTERM and SIGKILL. Default: the run's own grace. */
  graceMs?: number
  now?: () => Date
}

/**
 * What became of a cancel: `requested` of the runner, which ends the run within its grace; or, of an orphan, its
 * trainer was `ended`, is `gone`, or cannot be distinguished from another process of that number (`unverified`) and was left alone.
 */
export type CancelResult = 'requested' | 'ended' | 'gone' | 'unverified'

/**
 * Cancels a run from any process.
 *
 * @throws RunsError `not_running` when it is over, `run_damaged`, `run_not_found`, `store_failed`.
 * @example
 * ```ts
 * await cancelRun('runs', id, { reason: 'wrong data' })
 * for await (const event of tailEvents('runs', id, { follow: true })) if (event.type === 'ended') console.log(event.state)
 * ```
 */
export async function cancelRun(
  runsDir: string,
  id: string,
  options: CancelRunOptions = {},
): Promise<CancelResult> {
  const run = await readRun(runsDir, id)
  if (run.status === 'damaged') throw new RunsError('run_damaged', run.problem)
  if (run.status === 'orphaned') return endOrphan(run.manifest, options.graceMs)
  if (run.status !== 'running') {
    throw new RunsError('not_running', `run ${id} is over (${run.status}); there is nothing to cancel`)
  }
  const at = (options.now?.() ?? new Date()).toISOString()
  const request = { version: 1, at, ...(options.reason === undefined ? {} : { reason: options.reason }) }
  await storing(`the request to cancel ${id} was not written`, () =>
    writeJson(runPaths(runsDir, id).cancel, request),
  )
  return 'requested'
}

const MAX_REQUEST_BYTES = 1 << 16

/** The request to cancel a run, when there is one. */
export function readCancelRequest(path: string): { reason: string | undefined } | undefined {
  const file = readSmallFile(path, { maxBytes: MAX_REQUEST_BYTES })
  if (!file.ok) return undefined
  try {
    const { reason } = JSON.parse(file.bytes.toString('utf8')) as { reason?: unknown }
    return { reason: typeof reason === 'string' ? reason : undefined }
  } catch {
    // Written by a person (touch cancel.json): a request all the same.
    return { reason: undefined }
  }
}

async function endOrphan(manifest: RunManifest, graceMs = manifest.spec.grace_ms): Promise<CancelResult> {
  if (manifest.process === undefined) return 'gone'
  const leader = fromIdentityRecord(manifest.process)
  const isAlive = () => isProcessAlive(leader) === 'alive'
  if (!isAlive()) return 'gone'
  // Without a start time this may be another process that got the number.
  if (leader.startTime === '') return 'unverified'
  signalGroup(leader.pid, 'SIGTERM')
  const deadline = performance.now() + graceMs
  while (isAlive() && performance.now() < deadline) await delay(20)
  signalGroup(leader.pid, 'SIGKILL')
  return 'ended'
}
