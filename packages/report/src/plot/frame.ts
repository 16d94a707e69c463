import { type Html, html } from '../html.js'
import { clip } from '../words.js'
import { niceTicks, type Scale, scaleOf } from './scale.js'

/** In units of the drawing, which is as wide as its column. */
export const WIDTH = 420
export const HEIGHT = 214
const LEFT = 60
const RIGHT = 14
const TOP = 12
const BOTTOM = 48

/** The place of a plot's points, from left to right. */
export const X_FROM = LEFT + 8
export const X_TO = WIDTH - RIGHT - 8

/** A tick of the axis from left to right. */
export interface Tick {
  at: number
  text: string
}

/** What a plot is drawn within. */
export interface Frame {
  id: string
  title: string
  /** What is said in its place. */
  summary: string
  y: Scale
  ticks: readonly Tick[]
  xTitle: string
  yTitle: string
  bounds: readonly { value: number; text: string }[]
}

/** The scale from bottom to top. */
export function verticalScale([min, max]: readonly [number, number]): Scale {
  return scaleOf(min, max, HEIGHT - BOTTOM - 6, TOP + 6)
}

/** Axes, lines of the gates, and the points within. */
export function drawFrame(
  { id, title, summary, y, ticks, xTitle, yTitle, bounds }: Frame,
  points: Html,
): Html {
  const values = niceTicks(y.min, y.max, 4)
  const format = tickFormat(values)
  const bottom = HEIGHT - BOTTOM
  return html`<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-t ${id}-d">
<title id="${id}-t">${title}</title><desc id="${id}-d">${summary}</desc>
${values.map((value) => html`<path class="grid" d="M${LEFT} ${place(y.at(value))}H${WIDTH - RIGHT}"/><text class="tick" x="${LEFT - 8}" y="${place(y.at(value) + 4)}" text-anchor="end">${format(value)}</text>`)}
<path class="axis" d="M${LEFT} ${TOP}V${bottom}H${WIDTH - RIGHT}"/>
${ticks.map(({ at, text }) => html`<path class="axis" d="M${place(at)} ${bottom}v5"/><text class="tick" x="${place(at)}" y="${bottom + 19}" text-anchor="middle">${text}</text>`)}
<text class="axis-title" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${xTitle}</text>
<text class="axis-title" transform="translate(13 ${(TOP + bottom) / 2}) rotate(-90)" text-anchor="middle">${clip(yTitle, 26)}</text>
${bounds.map(({ value, text }) => html`<path class="gate" d="M${LEFT} ${place(y.at(value))}H${WIDTH - RIGHT}"><title>gate ${text}</title></path>`)}
${points}</svg>`
}

function tickFormat(values: readonly number[]): (value: number) => string {
  const [a = 0, b = 1] = values
  const decimals = Math.max(0, -Math.floor(Math.log10(Math.abs(b - a)) + 1e-9))
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (largest >= 1e6 || decimals > 5) return (value) => (value === 0 ? '0' : value.toExponential(1))
  return decimals === 0 && largest < 1e6
    ? (value) => String(Math.round(value))
    : (value) => value.toFixed(decimals)
}

/** A place in the drawing: a tenth of a unit is enough. Figures too far apart for a number have none. */
export function place(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 10) / 10) : '0'
}
