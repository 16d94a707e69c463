import type { Report } from '@taskclf/documents'
import { type Html, html, metricName, name } from '../html.js'
import type { Limits } from '../limits.js'
import { clip, counted, minuteOf } from '../words.js'
import { boundWords, policyWords } from './policy-words.js'
import type { Section } from './section.js'
import { sourceWord } from './source-word.js'

/** What serves and why: the model, how it came there, its gates, its nearest rival, the policy. */
export function servingSection(report: Report, limits: Limits): Section {
  const { serving } = report
  const { serves, explanation } = serving
  const model = report.models.find(({ model_id }) => model_id === serves)
  const body = html`<section id="serving" class="card" aria-labelledby="serving-h">
<h2 id="serving-h">What serves</h2>
<p class="big ${serves === null && 'none'}">${serves === null ? 'Nothing' : html`<bdi class="id">${serves}</bdi>`}</p>
${model?.description && html`<p class="lead">${name(clip(model.description, limits.sentence))}</p>`}
<div class="split">
<div>${facts(report)}</div>
<div>${gates(report, limits)}</div>
</div>
<h3>Why</h3>
<ul class="why">${explanation.slice(0, MOST_SENTENCES).map((each) => html`<li>${name(clip(each, limits.sentence))}</li>`)}</ul>
<h3>Policy</h3>
${policyWords(report, limits)}
</section>`
  return { id: 'serving', title: 'What serves', body }
}

const MOST_SENTENCES = 12

function facts({ serving, models }: Report): Html {
  const { serves, active, switch: made, today, rival } = serving
  const task = models.find(({ model_id }) => model_id === serves)?.task ?? null
  const own = serves === active ? made : null
  const rows: [string, Html | string][] = [
    ...(own === null
      ? []
      : ([
          [
            'Since',
            own.at_utc === null
              ? clip(own.at, 40)
              : html`<time datetime="${own.at_utc}">${minuteOf(own.at_utc)} UTC</time>`,
          ],
          ['By', own.actor === null ? 'not recorded' : name(clip(own.actor, 80))],
          ['How', `${sourceWord(own)}${own.revision === null ? '' : `, revision ${own.revision}`}`],
          [
            'Replaced',
            own.previous_model_id === null
              ? 'nothing: it is the first'
              : html`<bdi class="id">${own.previous_model_id}</bdi>`,
          ],
        ] as [string, Html | string][])),
    ...(task === null ? [] : [['Task', name(clip(task, 40))] as [string, Html]]),
    ...(serves !== active || today === null
      ? []
      : [
          [
            'Rank today',
            today.rank === null ? 'not eligible' : `${today.rank} of ${counted(today.of, 'eligible model')}`,
          ] as [string, string],
        ]),
    ...(rival === null || serves !== active
      ? []
      : [[rival.ahead ? 'Behind the best' : 'Gain over the next', rivalWords(rival)] as [string, Html]]),
  ]
  return rows.length === 0
    ? html`<p class="quiet">The history does not say how it came about.</p>`
    : html`<dl>${rows.map(([term, said]) => html`<dt>${term}</dt><dd>${said}</dd>`)}</dl>`
}

type Rival = NonNullable<Report['serving']['rival']>

function rivalWords({ model_id, metric, theirs, its, gap }: Rival): Html {
  const values = html`${figure(its)} against ${figure(theirs)} of <bdi class="id">${model_id}</bdi>`
  return html`${gap !== null && html`<b>${gap}</b> `}${metricName(clip(metric, 60))}, ${values}`
}

const figure = (value: unknown) => (value === null ? 'none' : clip(String(value), 40))

function gates({ serving: { today } }: Report, limits: Limits): Html {
  const found = today?.gates ?? []
  if (today === null) return html``
  if (found.length === 0)
    return html`<h3>Gates</h3><p class="quiet">None: the policy has no gates, or they could not be looked at.</p>`
  const passed = found.filter((gate) => gate.passed).length
  const shown = found.slice(0, 4 * limits.metrics)
  return html`<h3>Gates: ${passed} of ${found.length} passed</h3>
<ul class="gates">${shown.map((gate) => gateRow(gate))}</ul>
${shown.length < found.length && html`<p class="quiet">${found.length - shown.length} more are not shown.</p>`}`
}

type Gate = NonNullable<Report['serving']['today']>['gates'][number]

function gateRow(gate: Gate): Html {
  const value =
    gate.value === undefined
      ? 'absent'
      : clip(typeof gate.value === 'string' ? gate.value : JSON.stringify(gate.value), 40)
  return html`<li class="${gate.passed ? 'ok' : 'fail'}"><span class="mark" aria-hidden="true">${gate.passed ? '✓' : '✕'}</span>
<span>${name(clip(gate.metric, 80))} <span class="quiet">${boundWords(gate)}</span></span>
<span class="num">${value}<span class="sr"> ${gate.passed ? 'passed' : 'not passed'}</span></span></li>`
}
