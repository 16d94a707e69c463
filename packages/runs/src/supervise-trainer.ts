import { setTimeout as delay } from 'node:timers/promises'
import { messageOf } from '@taskclf/errors'
import { readCancelRequest } from './cancel-run.js'
import type { StopCause } from './decide-outcome.js'
import type { EventLog } from './event-log.js'
import type { OutputRecorder } from './record-output.js'
import { TrainerStopper } from './stop-trainer.js'
import type { Exit, TrainerProcess } from './trainer-process.js'

/** What is asked of {@link superviseTrainer}. */
export interface SupervisionRequest {
  trainer: TrainerProcess
  log: EventLog
  recorder: OutputRecorder
  cancelPath: string
  graceMs: number
  timeLimitMs: number | undefined
  signal: AbortSignal | undefined
  onStderr: ((chunk: Buffer) => void) | undefined
}

/** A trainer being watched. */
export interface Supervision {
  /** False when it is ending already, or has ended. */
  stop(cause: StopCause): boolean
  /** Once it has exited, its group is gone and its output is recorded. */
  ended: Promise<{ exit: Exit; stop: StopCause | undefined }>
}

const CANCEL_POLL_MS = 200
/** What was in the pipes at the exit is read in an instant; only a process that left the group can hold them longer. */
const DRAIN_MS = 2000

/** Watches a trainer to its end: output, time limit, cancel by call, by signal and by file. */
export function superviseTrainer(request: SupervisionRequest): Supervision {
  const { trainer, log, recorder, signal, timeLimitMs } = request
  const stopper = new TrainerStopper(trainer.identity.pid, request.graceMs, (event) => void log.append(event))
  const stop = (cause: StopCause) => stopper.stop(cause)

  const recordFailed = (error: unknown) => void stop({ kind: 'log_failed', message: messageOf(error) })
  const recorded = Promise.all([
    recorder.stdout(trainer.stdout).catch(recordFailed),
    recorder.stderr(trainer.stderr, request.onStderr).catch(recordFailed),
  ])

  const onAbort = () => void stop({ kind: 'cancelled', reason: abortReason(signal) })
  signal?.addEventListener('abort', onAbort, { once: true })
  if (signal?.aborted) onAbort()
  const limit =
    timeLimitMs === undefined
      ? undefined
      : setTimeout(() => stop({ kind: 'timed_out', limitMs: timeLimitMs }), timeLimitMs)
  const watch = setInterval(() => {
    const asked = readCancelRequest(request.cancelPath)
    if (asked) stop({ kind: 'cancelled', reason: asked.reason })
  }, CANCEL_POLL_MS)

  const ended = async () => {
    const exit = await trainer.exited
    stopper.exited()
    clearTimeout(limit)
    clearInterval(watch)
    signal?.removeEventListener('abort', onAbort)
    await drain(recorded, request)
    return { exit, stop: stopper.cause }
  }
  return { stop, ended: ended() }
}

async function drain(recorded: Promise<unknown>, { trainer, log }: SupervisionRequest): Promise<void> {
  const patience = new AbortController()
  const impatient = delay(DRAIN_MS, 'held', { signal: patience.signal }).catch(() => 'drained')
  if ((await Promise.race([recorded, impatient])) === 'held') {
    const message = 'a process outside the group keeps the output open; what it still says is not recorded'
    log.append({ type: 'note', code: 'pipe_held', message })
    trainer.stdout.destroy()
    trainer.stderr.destroy()
  }
  patience.abort()
  await recorded
}

function abortReason(signal: AbortSignal | undefined): string | undefined {
  const reason: unknown = signal?.reason
  if (typeof reason === 'string') return reason
  return reason instanceof Error && reason.name !== 'AbortError' ? reason.message : undefined
}
