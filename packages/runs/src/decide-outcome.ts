import type { Bundle } from '@taskclf/registry-core'
import type { RunManifest } from './manifest-schema.js'
import type { Exit } from './trainer-process.js'

/** Why the runner ended a trainer before its time. */
export type StopCause =
  | { kind: 'cancelled'; reason: string | undefined }
  | { kind: 'timed_out'; limitMs: number }
  | { kind: 'log_failed'; message: string }

/** How a run ended, in the manifest's terms. */
export type Outcome = Pick<RunManifest, 'code' | 'message' | 'bundle'> & {
  state: Exclude<RunManifest['state'], 'running'>
}

/** How a trainer ended, before anybody looks at what it wrote; undefined = it did its part (exit 0). */
export function decideExit(exit: Exit, stop: StopCause | undefined): Outcome | undefined {
  if (stop?.kind === 'cancelled') {
    const why = stop.reason === undefined ? '' : `: ${stop.reason}`
    return { state: 'cancelled', code: 'cancelled', message: `the run was cancelled${why}` }
  }
  if (stop?.kind === 'timed_out') {
    const message = `the trainer ran longer than its limit of ${stop.limitMs} ms and was ended`
    return { state: 'timed_out', code: 'time_limit', message }
  }
  if (stop?.kind === 'log_failed') return logFailed(stop.message)
  if (exit.signal !== null) {
    const message = `the trainer was ended by ${exit.signal}, which the runner did not send`
    return { state: 'killed', code: 'signalled', message }
  }
  if (exit.code !== 0) {
    const message = `the trainer exited with code ${exit.code}; its last lines on stderr say why`
    return { state: 'failed', code: 'exited', message }
  }
  return undefined
}

/** A run whose events are not all on disk has not succeeded, whatever its trainer did. */
export function logFailed(why: string): Outcome {
  return { state: 'failed', code: 'log_failed', message: `the run's events could not be recorded: ${why}` }
}

/** Whether what a trainer wrote counts. */
export function decideBundle(bundle: Bundle, isEmpty: boolean): Outcome {
  if (bundle.status === 'valid') {
    const { model_id: id } = bundle.metadata
    return { state: 'succeeded', bundle: id === undefined ? {} : { model_id: id } }
  }
  if (isEmpty) {
    const message =
      'the trainer exited with code 0 but wrote nothing to its output directory (TASKCLF_OUTPUT_DIR)'
    return { state: 'failed', code: 'no_bundle', message }
  }
  const problems = bundle.problems.map(({ code, file, message }) => ({ code, file, message }))
  const list = problems.map(({ code, file }) => (file === '' ? code : `${code} (${file})`)).join(', ')
  return {
    state: 'failed',
    code: 'invalid_bundle',
    message: `the trainer exited with code 0 but its bundle is not valid: ${list}`,
    bundle: { problems },
  }
}
