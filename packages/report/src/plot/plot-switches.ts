import { type Html, html } from '../html.js'
import { drawFrame, type Frame, place, X_FROM, X_TO } from './frame.js'
import { scaleOf } from './scale.js'

/** A switch, and what the model that it made active measures. */
export interface SwitchPoint {
  id: string
  /** Its revision, else its line. */
  number: number
  value: number
  source: string
  when: string
}

/** The active model from switch to switch. */
export function plotSwitches(
  frame: Omit<Frame, 'ticks' | 'xTitle'>,
  points: readonly SwitchPoint[],
  format: (value: number) => string,
): Html {
  const last = points.length - 1
  const x = scaleOf(0, Math.max(1, last), X_FROM + 6, X_TO - 6)
  const at = (i: number) => (last === 0 ? (X_FROM + X_TO) / 2 : x.at(i))
  const every = Math.ceil(points.length / 8)
  const ticks = points.flatMap(({ number }, i) =>
    i % every === 0 ? [{ at: at(i), text: String(number) }] : [],
  )
  const steps = points.map(
    ({ value }, i) =>
      `${i === 0 ? 'M' : 'H'}${place(at(i))}${i === 0 ? ' ' : 'V'}${place(frame.y.at(value))}`,
  )
  const drawn = html`<path class="step" d="${steps.join('')}"/>
${points.map((point, i) => html`<circle class="${i === last ? 'now' : 'then'}" cx="${place(at(i))}" cy="${place(frame.y.at(point.value))}" r="${i === last ? 5.5 : points.length > 24 ? 3 : 4.2}"><title>${point.number}. ${point.id}: ${format(point.value)}, ${point.source}, ${point.when}</title></circle>`)}
`
  return drawFrame({ ...frame, ticks, xTitle: 'switch (revision)' }, drawn)
}
