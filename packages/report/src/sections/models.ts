import type { Report } from '@taskclf/documents'
import { type Html, html, metricName, name } from '../html.js'
import type { Limits } from '../limits.js'
import { own } from '../own.js'
import { clip, minuteOf, numberFormat } from '../words.js'
import { arrowOf } from './arrow.js'
import type { Section } from './section.js'

type Model = Report['models'][number]
type Metric = Report['metrics'][number]

/** Every model with the policy's metrics, the eligible first. */
export function modelsSection(report: Report, limits: Limits): Section {
  const metrics = report.metrics.slice(0, limits.metrics)
  const shown = shownOf(report.models, limits.models)
  const body = html`<section id="models" class="card" aria-labelledby="models-h">
<h2 id="models-h">Models</h2>
${report.models.length === 0 ? html`<p class="quiet">There is no model in this registry.</p>` : table(shown, metrics, report)}
${leftOut(report, shown.length, metrics.length)}
</section>`
  return { id: 'models', title: 'Models', body }
}

/** The first so many, and the active one wherever it is. */
function shownOf(models: readonly Model[], most: number): Model[] {
  if (models.length <= most) return [...models]
  const first = models.slice(0, most)
  const active = models.find((model) => model.active)
  return active === undefined || first.includes(active) ? first : [...first.slice(0, most - 1), active]
}

function table(models: readonly Model[], metrics: readonly Metric[], { serving }: Report): Html {
  const columns = metrics.map((metric) => {
    const values = models.map((model) => own(model.metrics, metric.name))
    const isNumeric = values.every(
      (value) => typeof value === 'number' || value === null || value === undefined,
    )
    const format = numberFormat(values.filter((value) => typeof value === 'number'))
    return { metric, isNumeric, format }
  })
  return html`<div class="scroll" role="region" aria-label="Table of models" tabindex="0">
<table class="models" data-sort><thead><tr>
<th scope="col" data-number>Rank</th><th scope="col">Model</th><th scope="col" data-first="down">Created (UTC)</th>
${columns.map(({ metric, isNumeric }) => metricHead(metric, isNumeric))}
<th scope="col">Standing</th></tr></thead>
<tbody>
${models.map((model) => html`${row(model, columns, serving.serves)}\n`)}</tbody></table></div>`
}

type Columns = readonly { metric: Metric; isNumeric: boolean; format: (value: number) => string }[]

function metricHead({ name: metric, better }: Metric, isNumeric: boolean): Html {
  const label = html`${metricName(clip(metric, 60))}${arrowOf(better)}`
  if (!isNumeric) return html`<th scope="col">${label}</th>`
  return html`<th scope="col" class="num" data-number${better !== 'lower' && html` data-first="down"`}>${label}</th>`
}

function row(model: Model, columns: Columns, serves: string | null): Html {
  const { model_id, active, created_at, created_at_utc, rank, eligible } = model
  const time = created_at_utc ?? created_at ?? ''
  const badges = [
    active && html` <span class="badge">active</span>`,
    !active && model_id === serves && html` <span class="badge">serves</span>`,
  ]
  return html`<tr${active && html` class="active"`}><td class="num">${rank ?? ''}</td><th scope="row"><bdi class="id">${model_id}</bdi>${badges}</th><td class="time">${minuteOf(time)}</td>${columns.map(
    ({ metric, isNumeric, format }) => cell(own(model.metrics, metric.name) ?? null, isNumeric, format),
  )}<td class="${eligible ? 'ok' : 'why'}">${eligible ? 'eligible' : reason(model)}</td></tr>`
}

function cell(
  value: Model['metrics'][string] | null,
  isNumeric: boolean,
  format: (value: number) => string,
): Html {
  if (value === null || value === undefined)
    return html`<td class="num" data-v=""><span class="quiet">none</span></td>`
  if (isNumeric && typeof value === 'number') return html`<td class="num">${format(value)}</td>`
  return html`<td>${name(clip(String(value), 40))}</td>`
}

function reason({ exclusion }: Model): Html {
  return html`${name(clip(exclusion?.message ?? 'not eligible', 140))} <code>${exclusion?.code}</code>`
}

function leftOut({ models, metrics }: Report, rows: number, columns: number): Html {
  const left = [
    ...(rows < models.length
      ? [
          html`${(models.length - rows).toLocaleString('en')} more models are not shown: <code>taskclf report --json</code> has them all. `,
        ]
      : []),
    ...(columns < metrics.length
      ? [html`${metrics.length - columns} more metrics of the policy are not shown.`]
      : []),
  ]
  return html`${left.length > 0 && html`<p class="left-out">${left}</p>`}`
}
