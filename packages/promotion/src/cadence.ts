import { lookAtStore, type StoreLike } from '@taskclf/active-pointer'
import { collectBundles, requireReadable, type ValidBundle } from '@taskclf/registry-core'
import { withIoErrors } from './environment.js'
import { PromotionError } from './errors.js'
import type { LastRun, RunsView } from './last-run.js'

/** A calendar's period, in UTC; weeks begin on Monday. */
export type CalendarPeriod = 'daily' | 'weekly' | 'monthly'

/** How often to retrain: after so many milliseconds, or once in every day, week or month of the calendar. */
export type Cadence = { everyMs: number } | { calendar: CalendarPeriod }

/** Whether a retraining is due, and why. */
export interface RetrainCheck {
  due: boolean
  code: 'no_model' | 'older_than_cadence' | 'recent' | 'trained_recently'
  message: string
  /** The newest valid bundle that is not of the future. */
  newest?: { modelId: string; createdAt: Date }
  /** When it is due, or has been since. */
  dueAt?: Date
  /** Bundles made, and runs ended, as they say, more than a day from now: they delay nothing. */
  fromTheFuture: readonly string[]
  /** Bundles that are not valid, so that their age says nothing. */
  invalid: readonly string[]
  /** The last run with a candidate, where that candidate is not the newest bundle: it was rejected, or not promoted yet. */
  lastRun?: LastRun
  /** Runs whose record cannot be read, so that nobody knows when they ended. */
  damagedRuns: readonly string[]
}

/** Where a retraining is looked for, how often it is due, and what delays it besides. */
export type RetrainCheckOptions = {
  modelsDir: StoreLike
  /** Where runs are kept. With it, one whose candidate was not taken counts as training, too. */
  runsDir?: string
  /** How long after such a run the next is due, in milliseconds. Default: as after a bundle. */
  retryAfterMs?: number
  now?: () => Date
} & Cadence

/** Clocks differ, and times without an offset are read as UTC. */
const AHEAD_MS = 24 * 60 * 60 * 1000

/**
 * Whether the newest valid bundle of a models dir is older than the cadence, and no run has trained since.
 *
 * @throws PromotionError `invalid_cadence`; `io` when a bundle cannot be read. RegistryError when the models dir cannot be opened. RunsError
 * `store_failed` when the runs cannot be listed.
 * @example
 * ```ts
 * const check = await checkRetrainDue({ modelsDir: 'models', runsDir: 'runs', calendar: 'weekly' })
 * console.log(check.due, check.message)
 * ```
 */
export async function checkRetrainDue(options: RetrainCheckOptions): Promise<RetrainCheck> {
  const dueAfter = rule(options)
  const now = (options.now ?? (() => new Date()))()
  const bundles = await withIoErrors(async () => {
    const listed = await collectBundles(lookAtStore(options.modelsDir).bundles)
    requireReadable(listed)
    return listed
  })
  const valid = bundles.filter((bundle) => bundle.status === 'valid').map(dated)
  const isFuture = ({ createdAt }: Dated) => createdAt.getTime() > now.getTime() + AHEAD_MS
  const newest = valid.filter((bundle) => !isFuture(bundle)).reduce<Dated | undefined>(later, undefined)
  const { last, damaged, fromTheFuture } = await runsOf(options.runsDir, new Date(now.getTime() + AHEAD_MS))
  const passedOver = {
    invalid: bundles.filter(({ status }) => status === 'invalid').map(({ modelId }) => modelId),
    fromTheFuture: [...valid.filter(isFuture).map(({ modelId }) => modelId), ...fromTheFuture],
    damagedRuns: damaged,
  }
  if (last !== undefined && !isOf(newest, last)) {
    const { retryAfterMs } = options
    const after = retryAfterMs === undefined ? dueAfter : rule({ everyMs: retryAfterMs })
    return { ...afterRun(last, after(last.endedAt), now), ...(newest && { newest }), ...passedOver }
  }
  if (newest === undefined) {
    const message = 'the models dir has no valid bundle to be older or newer; train'
    return { due: true, code: 'no_model', message, ...passedOver }
  }
  const dueAt = dueAfter(newest.createdAt)
  const due = now.getTime() >= dueAt.getTime()
  const since = `the newest valid bundle, ${newest.modelId}, is of ${newest.createdAt.toISOString()}`
  const message = `${since}; the next is due ${due ? 'since' : 'at'} ${dueAt.toISOString()}`
  return { due, code: due ? 'older_than_cadence' : 'recent', message, newest, dueAt, ...passedOver }
}

async function runsOf(runsDir: string | undefined, until: Date): Promise<RunsView> {
  if (runsDir === undefined) return { last: undefined, damaged: [], fromTheFuture: [] }
  // Loaded for who keeps runs.
  const { lastRunOf } = await import('./last-run.js')
  return lastRunOf(runsDir, until)
}

/** Whether the newest bundle is at least as new as what this run trained: then the run delays nothing. */
function isOf(newest: Dated | undefined, { startedAt }: LastRun): boolean {
  return newest !== undefined && newest.createdAt >= startedAt
}

function afterRun(
  lastRun: LastRun,
  dueAt: Date,
  now: Date,
): Pick<RetrainCheck, 'due' | 'code' | 'message' | 'lastRun' | 'dueAt'> {
  const due = now.getTime() >= dueAt.getTime()
  const since = `the last run, ${lastRun.runId}, ended ${lastRun.endedAt.toISOString()} with a candidate that is not in the models dir`
  const message = `${since}; the next is due ${due ? 'since' : 'at'} ${dueAt.toISOString()}`
  return { due, code: due ? 'older_than_cadence' : 'trained_recently', message, lastRun, dueAt }
}

type Dated = { modelId: string; createdAt: Date }

function dated({ modelId, createdAt }: ValidBundle): Dated {
  return { modelId, createdAt: new Date(Number(createdAt.epochMicros / 1000n)) }
}

function later(known: Dated | undefined, bundle: Dated): Dated {
  return known && known.createdAt >= bundle.createdAt ? known : bundle
}

/** Refuses a cadence that says nothing; answers when the successor of a model made then is due. */
function rule(cadence: Cadence): (made: Date) => Date {
  if ('calendar' in cadence) return periodEnd(cadence.calendar)
  const { everyMs } = cadence
  if (Number.isFinite(everyMs) && everyMs > 0) return (made) => new Date(made.getTime() + everyMs)
  const message = `a cadence of ${everyMs} ms cannot be kept; give a number of milliseconds above 0`
  throw new PromotionError('invalid_cadence', message, { details: { everyMs } })
}

function periodEnd(period: CalendarPeriod): (made: Date) => Date {
  const at = (made: Date, months: number, day: number) =>
    new Date(Date.UTC(made.getUTCFullYear(), made.getUTCMonth() + months, day))
  switch (period) {
    case 'daily':
      return (made) => at(made, 0, made.getUTCDate() + 1)
    case 'weekly':
      return (made) => at(made, 0, made.getUTCDate() + 7 - ((made.getUTCDay() + 6) % 7))
    case 'monthly':
      return (made) => at(made, 1, 1)
    default:
      throw new PromotionError(
        'invalid_cadence',
        `${JSON.stringify(period)} is not a cadence; say daily, weekly or monthly`,
        { details: { calendar: period } },
      )
  }
}
