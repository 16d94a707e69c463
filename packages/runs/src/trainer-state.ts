import { isProcessAlive } from '@taskclf/durable-fs'
import type { RunManifest } from './manifest-schema.js'
import type { RunRecord } from './read-run.js'

/**
 * Whether a run's trainer lives; `none`: it was never started, or that is not known.
 *
 * @example
 * ```ts
 * const orphans = (await listRuns('runs')).filter((run) => run.status === 'orphaned' && trainerState(run) === 'alive')
 * ```
 */
export function trainerState(run: RunRecord): 'alive' | 'gone' | 'unknown' | 'none' {
  if (run.status === 'damaged' || run.manifest.process === undefined) return 'none'
  if (run.status !== 'running' && run.status !== 'orphaned') return 'gone'
  return STATES[isProcessAlive(identityOf(run.manifest.process))]
}

const STATES = { alive: 'alive', dead: 'gone', unknown: 'unknown' } as const

function identityOf({
  host,
  machine,
  boot,
  pid,
  pid_namespace,
  start_time,
}: NonNullable<RunManifest['process']>) {
  return { host, machine, boot, pid, pidNamespace: pid_namespace, startTime: start_time }
}
