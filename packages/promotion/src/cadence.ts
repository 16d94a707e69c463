import { lookAtStore, type StoreLike } from '@taskclf/active-pointer'
import { collectBundles, requireReadable, type ValidBundle } from '@taskclf/registry-core'
import { withIoErrors } from './environment.js'
import { PromotionError } from './errors.js'

/** A calendar's period, in UTC; weeks begin on Monday. */
export type CalendarPeriod = 'daily' | 'weekly' | 'monthly'

/** How often to retrain: after so many milliseconds, or once in every day, week or month of the calendar. */
export type Cadence = { everyMs: number } | { calendar: CalendarPeriod }

/** Whether a retraining is due, and why. */
export interface RetrainCheck {
  due: boolean
  code: 'no_model' | 'older_than_cadence' | 'recent'
  message: string
  /** The newest valid bundle that is not of the future. */
  newest?: { modelId: string; createdAt: Date }
  /** When it is due, or has been since. */
  dueAt?: Date
  /** Bundles made, as they say, more than a day from now: they delay nothing. */
  fromTheFuture: readonly string[]
  /** Bundles that are not valid, so that their age says nothing. */
  invalid: readonly string[]
}

/** Clocks differ, and times without an offset are read as UTC. */
const AHEAD_MS = 24 * 60 * 60 * 1000

/**
 * Whether the newest valid bundle of a models dir is older than the cadence.
 *
 * @throws PromotionError `invalid_cadence`; `io` when a bundle cannot be read. RegistryError when the models dir cannot be opened.
 * @example
 * ```ts
 * const check = await checkRetrainDue({ modelsDir: 'models', calendar: 'weekly' })
 * console.log(check.due, check.message)
 * ```
 */
export async function checkRetrainDue(
  options: { modelsDir: StoreLike; now?: () => Date } & Cadence,
): Promise<RetrainCheck> {
  const dueAfter = rule(options)
  const now = (options.now ?? (() => new Date()))()
  const bundles = await withIoErrors(async () => {
    const listed = await collectBundles(lookAtStore(options.modelsDir).bundles)
    requireReadable(listed)
    return listed
  })
  const valid = bundles.filter((bundle) => bundle.status === 'valid').map(dated)
  const isFuture = ({ createdAt }: Dated) => createdAt.getTime() > now.getTime() + AHEAD_MS
  const invalid = bundles.filter(({ status }) => status === 'invalid').map(({ modelId }) => modelId)
  const fromTheFuture = valid.filter(isFuture).map(({ modelId }) => modelId)
  const newest = valid.filter((bundle) => !isFuture(bundle)).reduce<Dated | undefined>(later, undefined)
  if (newest === undefined) {
    const message = 'the models dir has no valid bundle to be older or newer; train'
    return { due: true, code: 'no_model', message, fromTheFuture, invalid }
  }
  const dueAt = dueAfter(newest.createdAt)
  const due = now.getTime() >= dueAt.getTime()
  const since = `the newest valid bundle, ${newest.modelId}, is of ${newest.createdAt.toISOString()}`
  const message = `${since}; the next is due ${due ? 'since' : 'at'} ${dueAt.toISOString()}`
  return { due, code: due ? 'older_than_cadence' : 'recent', message, newest, dueAt, fromTheFuture, invalid }
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
