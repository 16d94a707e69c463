import type { Report } from '@taskclf/documents'
import type { Limits } from '../limits.js'
import { own } from '../own.js'
import type { ModelPoint, SwitchMark } from '../plot/plot-models.js'
import type { SwitchPoint } from '../plot/plot-switches.js'
import { minuteOf } from '../words.js'
import { sourceWord } from './source-word.js'

/** What the plots of a metric show. */
export interface TrendPoints {
  models: ModelPoint[]
  /** Oldest first. */
  switches: SwitchPoint[]
  marks: SwitchMark[]
  /** How many points there was no room for. */
  leftOut: number
}

/** The points of one metric, the newest where there are too many. */
export function trendPoints(report: Report, metric: string, { points: most }: Limits): TrendPoints {
  const happened = switchesOf(report)
  const served = new Set(happened.map(({ model_id }) => model_id))
  const models = report.models
    .flatMap((model) => modelPoint(model, metric, served))
    .sort((a, b) => a.time - b.time)
  const switches = happened.flatMap((one) => switchPoint(one, metric))
  const marks = happened.flatMap((one) => {
    const time = Date.parse(one.at_utc ?? '')
    return Number.isNaN(time)
      ? []
      : [{ time, text: `switch to ${one.model_id}, ${minuteOf(one.at_utc ?? '')}` }]
  })
  const shown = newest(models, most)
  const leftOut = models.length - shown.length + Math.max(0, switches.length - most)
  return { models: shown, switches: switches.slice(-most), marks: marks.slice(-most), leftOut }
}

/** Those that changed the active model, oldest first. */
function switchesOf({ history }: Report): Report['history'] {
  return history
    .filter(
      ({ state, model_id, previous_model_id }) =>
        (state === 'visible' || state === 'unconfirmed') && model_id !== previous_model_id,
    )
    .toReversed()
}

function modelPoint(
  model: Report['models'][number],
  metric: string,
  served: ReadonlySet<string>,
): ModelPoint[] {
  const value = own(model.metrics, metric)
  const instant = model.created_at_utc ?? ''
  const time = Date.parse(instant)
  if (typeof value !== 'number' || Number.isNaN(time)) return []
  const was = served.has(model.model_id) ? 'served' : model.eligible ? 'eligible' : 'out'
  return [{ id: model.model_id, time, instant, value, kind: model.active ? 'active' : was }]
}

function switchPoint(one: Report['history'][number], metric: string): SwitchPoint[] {
  const value = own(one.metrics, metric) ?? null
  if (value === null) return []
  const source = `${sourceWord(one)}${one.actor === null ? '' : ` by ${one.actor.slice(0, 60)}`}`
  return [
    {
      id: one.model_id,
      number: one.revision ?? one.line,
      value,
      source,
      when: minuteOf(one.at_utc ?? one.at),
    },
  ]
}

/** The newest, and those that ever served before the others. */
function newest(models: readonly ModelPoint[], most: number): ModelPoint[] {
  if (models.length <= most) return [...models]
  const others = models.filter((point) => !isServed(point))
  const first = models.filter(isServed).slice(-most)
  const kept = new Set([...first, ...others.slice(others.length - (most - first.length))])
  return models.filter((point) => kept.has(point))
}

const isServed = ({ kind }: ModelPoint) => kind === 'active' || kind === 'served'
