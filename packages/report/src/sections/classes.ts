import type { Report } from '@taskclf/documents'
import { type Html, html, name } from '../html.js'
import type { Limits } from '../limits.js'
import { clip } from '../words.js'
import type { Section } from './section.js'

type Class = Report['serving']['classes'][number]

const FIGURES = ['precision', 'recall', 'f1'] as const
const TITLES = { precision: 'Precision', recall: 'Recall', f1: 'F1' }

/** Precision, recall and F1 of every class of the model that serves; undefined where it has no classes. */
export function classesSection({ serving, models }: Report, limits: Limits): Section | undefined {
  const { classes, serves } = serving
  const model = models.find(({ model_id }) => model_id === serves)
  // Of a regressor nobody expects them.
  if (classes.length === 0 && model?.task !== 'classification') return undefined
  const shown = classes.slice(0, limits.classes)
  const body = html`<section id="classes" class="card" aria-labelledby="classes-h">
<h2 id="classes-h">Classes</h2>
${
  classes.length === 0
    ? html`<p class="quiet">The metrics of <bdi class="id">${serves}</bdi> say nothing of single classes.</p>`
    : html`<p class="quiet">Of <bdi class="id">${serves}</bdi>, on its evaluation set. The lowest of each column is marked.</p>${table(shown)}`
}
${shown.length < classes.length && html`<p class="left-out">${classes.length - shown.length} more classes are not shown.</p>`}
</section>`
  return { id: 'classes', title: 'Classes', body }
}

function table(classes: readonly Class[]): Html {
  const lowest = FIGURES.map((key) => Math.min(...classes.map((one) => one[key])))
  return html`<div class="scroll" role="region" aria-label="Table of classes" tabindex="0"><table class="classes"><thead><tr><th scope="col">Class</th>
${FIGURES.map((key) => html`<th scope="col">${TITLES[key]}</th>`)}<th scope="col" class="num">Rows</th></tr></thead><tbody>
${classes.map(
  (one) => html`<tr><th scope="row">${name(clip(one.label, 60))}</th>${FIGURES.map((key, i) =>
    bar(one[key], classes.length > 1 && one[key] === lowest[i]),
  )}<td class="num">${one.support.toLocaleString('en')}</td></tr>
`,
)}</tbody></table></div>`
}

function bar(value: number, isLowest: boolean): Html {
  const width = (100 * Math.min(1, Math.max(0, value))).toFixed(1)
  return html`<td class="bar${isLowest && ' low'}"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/><rect class="fill" width="${width}" height="8"/></svg><span class="num">${value.toFixed(3)}${isLowest && html`<span class="sr"> lowest</span>`}</span></td>`
}
