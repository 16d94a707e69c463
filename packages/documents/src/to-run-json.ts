import type { RunRecord } from '@taskclf/runs'
import type { RunSummary } from './runs.js'

/** A run in short, whatever of it can be read. */
export function toRunJson(run: RunRecord): RunSummary {
  const { id: run_id, dir, status } = run
  if (run.status === 'damaged') return { ...NOTHING, run_id, dir, status, message: run.problem }
  const { manifest } = run
  const orphaned = run.status === 'orphaned' ? 'the program that watched over it was killed' : null
  return {
    run_id,
    status,
    started_at: manifest.started_at,
    ended_at: manifest.ended_at ?? null,
    duration_ms: manifest.duration_ms ?? null,
    profile: manifest.spec.profile ?? null,
    command: [manifest.spec.command, ...manifest.spec.args],
    model_id: manifest.bundle?.model_id ?? null,
    code: manifest.code ?? null,
    message: manifest.message ?? orphaned,
    dir,
  }
}

const NOTHING = {
  started_at: null,
  ended_at: null,
  duration_ms: null,
  profile: null,
  command: [],
  model_id: null,
  code: null,
}
