import { join, resolve } from 'node:path'
import { isId } from '@taskclf/registry-core'
import { RunsError } from './errors.js'

/** Where everything of one run is. */
export interface RunPaths {
  dir: string
  spec: string
  manifest: string
  events: string
  /** Its presence asks the runner to cancel. */
  cancel: string
  /** The trainer's output directory. */
  bundle: string
}

/** The paths of a run. Ids are names of one path segment, so that none leads out of the runs dir. */
export function runPaths(runsDir: string, id: string): RunPaths {
  if (!isId(id)) {
    const rule =
      'letters, digits, dots, dashes and underscores, 128 at most, beginning with a letter or digit'
    throw new RunsError('invalid_run_id', `${JSON.stringify(id)} is not a run id: ${rule}`)
  }
  const dir = resolve(runsDir, id)
  return {
    dir,
    spec: join(dir, 'spec.json'),
    manifest: join(dir, 'manifest.json'),
    events: join(dir, 'events.ndjson'),
    cancel: join(dir, 'cancel.json'),
    bundle: join(dir, 'bundle'),
  }
}
