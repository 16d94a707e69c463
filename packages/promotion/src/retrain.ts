import { type Run, type RunManifest, type RunSpec, startRun } from '@taskclf/runs'
import { type Cadence, checkRetrainDue, type RetrainCheck } from './cadence.js'
import { requireComparable, resolveChampion } from './champion.js'
import { championOptions, openContext, type PromotionContext, type PromotionSettings } from './options.js'
import { promote } from './promote.js'
import type { PromotionOutcome, PromotionResult } from './result.js'

/** What trains: a spec to run, or a function that starts a run. */
export type RetrainTrainer =
  | { spec: RunSpec; runsDir: string; startTrainer?: never }
  | { startTrainer: () => Promise<Run>; spec?: never; runsDir?: never }

/** What {@link retrain} trains with, how often, and how it promotes. */
export type RetrainOptions = PromotionSettings & RetrainHow

/** What {@link retrain} trains with, and how often. */
export type RetrainHow = RetrainTrainer & {
  /** Nothing given, it is always due. */
  cadence?: Cadence
  /** Where runs are kept, so that one whose candidate was rejected counts as training. Default: `runsDir`, where that is given. */
  earlierRuns?: string
  /** How long after such a run the next is due, in milliseconds. Default: as after a bundle. */
  retryAfterMs?: number
  /** Train though it is not due. */
  force?: boolean
  /** Cancels the trainer when aborted. */
  signal?: AbortSignal
  /** Gets the run once the trainer is started: its events, and the way to cancel it. */
  onRun?: (run: Run) => void
}

/** Everything about one retraining. */
export interface RetrainResult {
  /** `not_due`: nothing was trained. `trainer_failed`: nothing was published, `run` says why. */
  outcome: PromotionOutcome | 'not_due' | 'trainer_failed'
  /** Absent when no cadence was given, or it was not asked. */
  check?: RetrainCheck
  /** The run's manifest. */
  run?: RunManifest
  promotion?: PromotionResult
}

/**
 * Trains a candidate and promotes it: cadence → champion, so that an unusable one is found before hours of training →
 * trainer → {@link promote}. A dry run trains, and does everything but publish and switch.
 *
 * @throws PromotionError as `promote` and `checkRetrainDue`; RunsError when the run cannot be started or recorded.
 * @example
 * ```ts
 * const { outcome, run, promotion } = await retrain({
 *   spec: { command: 'python3', args: ['train.py'], seed: 7 },
 *   runsDir: 'runs',
 *   modelsDir: 'models',
 *   cadence: { calendar: 'weekly' },
 * })
 * ```
 */
export async function retrain(options: RetrainOptions): Promise<RetrainResult> {
  const context = openContext(options)
  const check = await checkCadence(context, options)
  const answered = check && { check }
  if (check && !check.due) return { outcome: 'not_due', ...answered }
  const { store, policy, requirement } = context
  if (!options.ignoreChampion) {
    const champion = await resolveChampion(store, championOptions(context))
    requireComparable(champion, policy, requirement)
  }

  const started = await start(options, context)
  options.onRun?.(started)
  const run = await started.done
  if (run.state !== 'succeeded') return { outcome: 'trainer_failed', ...answered, run }
  const promotion = await promote({ ...options, candidateDir: started.bundleDir })
  return { outcome: promotion.outcome, ...answered, run, promotion }
}

async function checkCadence(
  { store, io }: PromotionContext,
  { cadence, force, runsDir, earlierRuns = runsDir, retryAfterMs }: RetrainOptions,
): Promise<RetrainCheck | undefined> {
  if (cadence === undefined || force) return undefined
  return checkRetrainDue({
    modelsDir: store,
    now: io.now,
    ...(earlierRuns !== undefined && { runsDir: earlierRuns }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...cadence,
  })
}

function start(options: RetrainOptions, { io }: PromotionContext): Promise<Run> {
  if (options.startTrainer) return options.startTrainer()
  const { spec, runsDir, signal } = options
  return startRun(spec, { runsDir, now: io.now, ...(signal && { signal }) })
}
