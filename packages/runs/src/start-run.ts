import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { readBundle } from '@taskclf/registry-core'
import { decideBundle, decideExit, type Outcome } from './decide-outcome.js'
import { runPaths } from './layout.js'
import type { RunManifest } from './manifest-schema.js'
import { OutputRecorder } from './record-output.js'
import type { RunEvent } from './run-event.js'
import { RunStore } from './run-store.js'
import { type RunSpec, resolveSpec, trainerVariables } from './spec.js'
import { superviseTrainer } from './supervise-trainer.js'
import { tailEvents } from './tail-events.js'
import { signalGroup, spawnTrainer } from './trainer-process.js'

/** How {@link startRun} runs. */
export interface StartRunOptions {
  /** Holds one directory a run; made when missing. */
  runsDir: string
  /** Default: made of the time and a random part. */
  id?: string
  /** Cancels the run when aborted. */
  signal?: AbortSignal
  /** In place of the spec's. */
  timeLimitMs?: number
  /** In place of the spec's. */
  graceMs?: number
  /** What is recorded, at most, of events, of other text and of stderr, each. Default: 16 MiB. */
  maxOutputBytes?: number
  now?: () => Date
  /** The variables the trainer inherits. Default: those of this process. */
  env?: NodeJS.ProcessEnv
  /** Gets stderr as it comes. */
  onStderr?: (chunk: Buffer) => void
}

/** A run under way. */
export interface Run {
  id: string
  dir: string
  /** The trainer's output directory: the candidate, when the run succeeds. */
  bundleDir: string
  /** Every event from the first to `ended`; may be iterated any number of times, and later. */
  events: AsyncIterable<RunEvent>
  /** Ends the trainer and all its processes. False when it is ending already, or has ended. */
  cancel(reason?: string): boolean
  /** The manifest, once it is on disk with the outcome. A trainer's failure is an outcome, not a rejection. */
  done: Promise<RunManifest>
}

const DEFAULT_MAX_OUTPUT_BYTES = 16 * 1024 * 1024
const MAX_LINE_BYTES = 64 * 1024

/**
 * Starts a trainer as a child process in a process group of its own, and records what it says and how it ends in
 * `runs/<id>/`. A trainer that cannot be started is a run too, with the outcome `spawn_failed`.
 *
 * @throws RunsError `invalid_spec` with every violation, `invalid_run_id`, `run_exists`, `store_failed`.
 * @example
 * ```ts
 * const run = await startRun({ command: 'python3', args: ['train.py'], seed: 7 }, { runsDir: 'runs' })
 * for await (const event of run.events) if (event.type === 'progress') console.log(event.current, event.total)
 * const { state, message } = await run.done
 * ```
 */
export async function startRun(spec: RunSpec, options: StartRunOptions): Promise<Run> {
  options.signal?.throwIfAborted()
  const now = options.now ?? (() => new Date())
  const id = options.id ?? newRunId(now())
  const paths = runPaths(options.runsDir, id)
  const resolved = resolveSpec(withLimits(spec, options), { id, outputDir: paths.bundle })
  const store = await RunStore.create(paths, resolved, now)
  const run = { id, dir: paths.dir, bundleDir: paths.bundle, events: eventsOf(resolve(options.runsDir), id) }

  const env = { ...(options.env ?? process.env), ...trainerVariables(resolved, paths.spec) }
  const trainer = await spawnTrainer({
    command: resolved.command,
    args: resolved.args,
    cwd: resolved.cwd,
    env,
  })
  if ('code' in trainer) {
    const { code, message } = trainer
    return {
      ...run,
      cancel: () => false,
      done: observed(store.finish({ state: 'spawn_failed', code, message })),
    }
  }
  const recorder = new OutputRecorder(store.log, {
    maxOutputBytes: options.maxOutputBytes ?? DEFAULT_MAX_OUTPUT_BYTES,
    maxLineBytes: MAX_LINE_BYTES,
  })
  const supervision = superviseTrainer({
    trainer,
    log: store.log,
    recorder,
    cancelPath: paths.cancel,
    graceMs: resolved.grace_ms,
    timeLimitMs: resolved.time_limit_ms,
    signal: options.signal,
    onStderr: options.onStderr,
  })
  try {
    await store.started(trainer.identity)
  } catch (error) {
    signalGroup(trainer.identity.pid, 'SIGKILL')
    await supervision.ended
    throw error
  }
  const end = async (): Promise<RunManifest> => {
    const { exit, stop } = await supervision.ended
    const outcome = decideExit(exit, stop) ?? (await judgeBundle(paths.bundle))
    return store.finish(outcome, { exit: { ...exit }, output: recorder.totals() })
  }
  return {
    ...run,
    cancel: (reason) => supervision.stop({ kind: 'cancelled', reason }),
    done: observed(end()),
  }
}

async function judgeBundle(dir: string): Promise<Outcome> {
  const names = await readdir(dir).catch(() => [])
  return decideBundle(await readBundle(dir, { promoted: false }), names.length === 0)
}

function withLimits(spec: RunSpec, { timeLimitMs, graceMs }: StartRunOptions): RunSpec {
  return {
    ...spec,
    ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
    ...(graceMs === undefined ? {} : { graceMs }),
  }
}

function eventsOf(runsDir: string, id: string): AsyncIterable<RunEvent> {
  return { [Symbol.asyncIterator]: () => tailEvents(runsDir, id, { follow: true, pollMs: 50 }) }
}

/** A caller that waits for `done` gets its failure; a run that nobody waits for must not end the process. */
function observed<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

function newRunId(now: Date): string {
  return `${now.toISOString().replace(/[-:]|\.\d+/g, '')}-${randomBytes(4).toString('hex')}`
}
