import type { Report } from '@taskclf/documents'
import { type Html, html, name } from '../html.js'
import type { Limits } from '../limits.js'
import { own } from '../own.js'
import { clip, minuteOf } from '../words.js'
import type { Section } from './section.js'
import { sourceWord } from './source-word.js'

type Switch = Report['history'][number]

/** Every switch with its reasons, newest first. */
export function historySection({ history, serving }: Report, limits: Limits): Section {
  const shown = history.slice(0, limits.history)
  const now = serving.switch?.line
  const body = html`<section id="history" class="card" aria-labelledby="history-h">
<h2 id="history-h">History</h2>
${history.length === 0 ? html`<p class="quiet">Nothing was ever switched here.</p>` : html`<ol class="history" reversed>${shown.map((one) => entry(one, one.line === now, limits))}</ol>`}
${shown.length < history.length && html`<p class="left-out">${(history.length - shown.length).toLocaleString('en')} older entries are not shown: <code>taskclf model history</code> has them all.</p>`}
</section>`
  return { id: 'history', title: 'History', body }
}

const STATES: Readonly<Record<string, string>> = {
  unconfirmed: 'not confirmed',
  pending: 'not finished',
  aborted: 'never took effect',
}

function entry(one: Switch, isNow: boolean, limits: Limits): Html {
  const { model_id, at, at_utc, actor, revision, state, note } = one
  const [, reason, ...more] = one.words
  const odd = own(STATES, state)
  const by = [
    sourceWord(one),
    ...(actor === null ? [] : [`by ${clip(actor, 60)}`]),
    ...(revision === null ? [] : [`revision ${revision}`]),
  ]
  return html`<li${isNow && html` class="now"`}>
<p class="when">${at_utc === null ? clip(at, 40) : html`<time datetime="${at_utc}">${minuteOf(at_utc)}</time>`}</p>
<div><h3><bdi class="id">${model_id}</bdi>${isNow && html` <span class="badge">active</span>`}${odd !== undefined && html` <span class="badge odd">${odd}</span>`}</h3>
<p class="quiet">${name(by.join(' · '))}</p>
${isSaid(note) && html`<p class="note">${name(clip(note, limits.sentence))}</p>`}
${reason !== undefined && html`<p>${name(clip(reason, limits.sentence))}</p>`}
${more.length > 0 && html`<details><summary>What it was decided on</summary><ul>${more.slice(0, 6).map((each) => html`<li>${name(clip(each, limits.sentence))}</li>`)}</ul></details>`}
</div></li>
`
}

/** Notes that taskclf itself wrote say no more than the rest. */
function isSaid(note: string | null): note is string {
  return note !== null && note !== '' && note !== 'manual set-active' && !note.startsWith('rollback to ')
}
