import { type Run, type RunEvent, type RunManifest, type RunSpec, startRun } from '@taskclf/runs'
import { RunProgress } from '@taskclf/terminal'
import type { Context } from '../../../command.js'
import { CliError } from '../../../errors.js'
import { requestOf } from '../../../interrupts.js'

/** A trainer that is shown while it works, and that a request to end cancels. */
export interface WatchedTrainer {
  start(): Promise<Run>
  signal: AbortSignal
  /** From here on a request to end ends this process. */
  release(): void
  /** The run's directory. */
  dir(): string
  /** The last the trainer reported of each metric. */
  metrics(): Record<string, number>
}

/** Prepares a trainer; nothing runs before `start`. */
export function watchTrainer(
  spec: RunSpec,
  runsDir: string,
  { interrupts, now, progress }: Context,
): WatchedTrainer {
  const { signal, release } = interrupts.take()
  const metrics: Record<string, number> = {}
  const show = new RunProgress(progress)
  let dir = ''
  const watch = async (events: AsyncIterable<RunEvent>) => {
    for await (const event of events) {
      if (event.type === 'metrics') Object.assign(metrics, event.values)
      show.show(event)
    }
  }
  const end = async (run: Run, watched: Promise<void>): Promise<RunManifest> => {
    const manifest = await run.done
    await watched
    release()
    // Asked to end a moment before the trainer was done: then nothing is promoted either.
    if (signal.aborted && manifest.state === 'succeeded') throw interrupted(signal)
    return manifest
  }
  const start = async (): Promise<Run> => {
    if (signal.aborted) throw interrupted(signal)
    progress.step('train: starting')
    const run = await startRun(spec, { runsDir, now, signal })
    dir = run.dir
    progress.line(`train: run ${run.id} in ${run.dir}`)
    // A view that breaks must not take the run with it.
    const watched = watch(run.events).catch(() => {})
    const done = end(run, watched)
    done.catch(() => {})
    return { ...run, done }
  }
  return { start, signal, release, dir: () => dir, metrics: () => metrics }
}

function interrupted(signal: AbortSignal): CliError {
  return new CliError(requestOf(signal), 'asked to end, so nothing was promoted')
}
