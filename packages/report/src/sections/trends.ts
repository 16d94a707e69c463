import type { Report } from '@taskclf/documents'
import { type Html, html, metricName } from '../html.js'
import type { Limits } from '../limits.js'
import { verticalScale } from '../plot/frame.js'
import { plotModels } from '../plot/plot-models.js'
import { plotSwitches } from '../plot/plot-switches.js'
import { padded } from '../plot/scale.js'
import { clip, counted, numberFormat } from '../words.js'
import { boundWords } from './policy-words.js'
import type { Section } from './section.js'
import { trendPoints } from './trend-points.js'

type Metric = Report['metrics'][number]

/** Each metric of the policy that is a number: the models by time, and the active model from switch to switch. */
export function trendsSection(report: Report, limits: Limits): Section | undefined {
  if (report.models.length === 0) return undefined
  const found = report.metrics.map((metric) => ({ metric, ...trendPoints(report, metric.name, limits) }))
  const numeric = found.filter(({ models, switches }) => models.length + switches.length > 0)
  const shown = numeric.slice(0, limits.metrics)
  const body = html`<section id="trends" class="card" aria-labelledby="trends-h">
<h2 id="trends-h">Trends</h2>
${shown.length === 0 ? html`<p class="quiet">${report.metrics.length === 0 ? 'The policy names no metric.' : 'No model has a number for a metric of the policy.'}</p>` : legend()}
${shown.map((trend, i) => trendFigure(trend, `trend-${i}`))}
${shown.length < numeric.length && html`<p class="left-out">${counted(numeric.length - shown.length, 'more metric is', 'more metrics are')} not drawn.</p>`}
</section>`
  return { id: 'trends', title: 'Trends', body }
}

function legend(): Html {
  const key = (kind: string, r: number, text: string) =>
    html`<li><svg viewBox="0 0 14 14" aria-hidden="true"><g class="${kind}"><circle cx="7" cy="7" r="${r}"/></g></svg>${text}</li>`
  return html`<ul class="legend">${key('active', 5.5, 'active now')}${key('served', 4.2, 'was active once')}${key('eligible', 3.2, 'eligible')}${key('out', 3, 'not eligible')}
<li><svg viewBox="0 0 14 14" aria-hidden="true"><path class="switch" d="M7 0V14"/></svg>a switch</li>
<li><svg viewBox="0 0 14 14" aria-hidden="true"><path class="gate" d="M0 7H14"/></svg>a gate</li></ul>`
}

type Trend = { metric: Metric } & ReturnType<typeof trendPoints>

function trendFigure({ metric, models, switches, marks, leftOut }: Trend, id: string): Html {
  const values = [...models, ...switches].map(({ value }) => value)
  const [range, bounds] = withBounds(padded(values), metric)
  const y = verticalScale(range)
  const format = numberFormat(values)
  const shortName = clip(metric.name, 60)
  const frame = { y, bounds, yTitle: metric.name }
  const from = format(Math.min(...values))
  const to = format(Math.max(...values))
  const overTime = {
    ...frame,
    id: `${id}-m`,
    title: `${shortName} of models over time`,
    summary: `${counted(models.length, 'model')}, from ${from} to ${to}.`,
  }
  const path = switches.slice(-12).map(({ value }) => format(value))
  const overSwitches = {
    ...frame,
    id: `${id}-s`,
    title: `${shortName} of the active model over switches`,
    summary: `${counted(switches.length, 'switch', 'switches')}; the last: ${path.join(', ')}.`,
  }
  return html`<figure aria-labelledby="${id}">
<figcaption><h3 id="${id}">${metricName(shortName)}</h3><span class="quiet">${captionOf(metric)}</span></figcaption>
<div class="plots">
${models.length > 0 && plotModels(overTime, models, marks, format)}
${switches.length > 0 ? plotSwitches(overSwitches, switches, format) : html`<p class="quiet">No switch to a model with this metric.</p>`}
</div>${leftOut > 0 && html`<p class="left-out">${counted(leftOut, 'older point is', 'older points are')} not drawn.</p>`}
</figure>`
}

function captionOf({ better, bounds }: Metric): string {
  const gates = bounds.slice(0, 4).map((bound) => `gate ${boundWords(bound)}`)
  return [...(better === null ? [] : [`${better} is better`]), ...gates].join(' · ')
}

/** The gates that fit in without most of the plot being empty; the range with them. */
function withBounds(
  [min, max]: [number, number],
  { bounds }: Metric,
): [[number, number], { value: number; text: string }[]] {
  const lines = bounds.flatMap((bound) =>
    [bound.min, bound.max].flatMap((value) =>
      value === undefined
        ? []
        : [{ value, text: boundWords(value === bound.min ? { min: value } : { max: value }) }],
    ),
  )
  const fitting = lines.filter(({ value }) => Math.max(max, value) - Math.min(min, value) <= 2 * (max - min))
  const all = [min, max, ...fitting.map(({ value }) => value)]
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const room = 0.04 * (high - low)
  return [[low < min ? low - room : low, high > max ? high + room : high], fitting]
}
