import type { TrainRetrain } from '../../../documents/promotion.js'
import type { Terminal } from '../../../io.js'
import { escapeText } from '../../../render/escape.js'
import { painter } from '../../../render/paint.js'
import { metricsText } from '../../../render/run-event.js'
import { renderFields } from '../../../render/table.js'
import { promotionText } from '../shared/promotion-text.js'

/** What came of it: not due, a trainer that failed, or a promotion. */
export function text(data: TrainRetrain, terminal: Terminal): string {
  const { check, run, promotion } = data
  const paint = painter(terminal)
  if (data.outcome === 'not_due') return `not due: ${escapeText(check?.message ?? '')}\n`
  const ran = run === null ? '' : renderFields(fieldsOf(run))
  if (promotion !== null) return `${ran}\n${promotionText(promotion, terminal)}`
  return `${paint.red(run?.state === 'cancelled' ? 'cancelled' : 'the trainer failed')}\n\n${ran}`
}

function fieldsOf(run: NonNullable<TrainRetrain['run']>): [string, string | null][] {
  const took = run.duration_ms === null ? '' : ` in ${(run.duration_ms / 1000).toFixed(1)} s`
  return [
    ['run', run.run_id],
    ['state', `${run.state}${took}`],
    ...(run.message === null ? [] : ([['because', run.message]] as [string, string][])),
    ...(Object.keys(run.metrics).length === 0
      ? []
      : ([['trainer says', metricsText(run.metrics)]] as [string, string][])),
    ['in', run.dir],
  ]
}
