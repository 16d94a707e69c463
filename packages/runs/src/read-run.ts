import { stat } from 'node:fs/promises'
import { isProcessAlive } from '@taskclf/durable-fs'
import { RunsError } from './errors.js'
import { runIds } from './find-run-id.js'
import { runPaths } from './layout.js'
import { fromIdentityRecord, readManifest } from './manifest.js'
import type { RunManifest } from './manifest-schema.js'
import type { RunStatus } from './run-outcomes.js'

/** Where a run's files are. */
export interface RunFiles {
  id: string
  dir: string
  /** Where the trainer wrote its bundle: the candidate, when the run succeeded. */
  bundleDir: string
}

/** A run as its files tell it. */
export type RunRecord =
  | (RunFiles & { status: Exclude<RunStatus, 'damaged'>; manifest: RunManifest })
  | (RunFiles & { status: 'damaged'; problem: string })

/**
 * One run. A run whose runner is gone without an outcome is `orphaned`; one without a readable manifest is `damaged`.
 *
 * @throws RunsError `run_not_found`, `invalid_run_id`.
 * @example
 * ```ts
 * const run = await readRun('runs', '20260401T090000Z-4f1c2a7b')
 * if (run.status === 'succeeded') await promote(run.bundleDir)
 * ```
 */
export async function readRun(runsDir: string, id: string): Promise<RunRecord> {
  const paths = runPaths(runsDir, id)
  const found = await stat(paths.dir).catch(() => undefined)
  if (!found?.isDirectory()) {
    throw new RunsError(
      'run_not_found',
      `there is no run ${id} in ${runsDir}; list them to see which there are`,
    )
  }
  const files: RunFiles = { id, dir: paths.dir, bundleDir: paths.bundle }
  const first = readManifest(paths.manifest)
  // A runner may end its run and exit between the two looks: only what is read after its death is final.
  const read = first.ok && runnerIsGone(first.manifest) ? readManifest(paths.manifest) : first
  if (!read.ok) return { ...files, status: 'damaged', problem: read.message }
  const { manifest } = read
  return { ...files, status: runnerIsGone(manifest) ? 'orphaned' : manifest.state, manifest }
}

/**
 * Every run, by id: ids that `startRun` makes begin with the time, so the oldest comes first. No runs dir, no runs.
 *
 * @throws RunsError `store_failed`: the directory cannot be read.
 * @example
 * ```ts
 * for (const run of await listRuns('runs')) console.log(run.id, run.status)
 * ```
 */
export async function listRuns(runsDir: string): Promise<RunRecord[]> {
  const names = await runIds(runsDir)
  return Promise.all(names.sort().map((id) => readRun(runsDir, id)))
}

function runnerIsGone(manifest: RunManifest): boolean {
  return manifest.state === 'running' && isProcessAlive(fromIdentityRecord(manifest.runner)) === 'dead'
}
