import { type Html, html } from '../html.js'
import { minuteOf } from '../words.js'
import { drawFrame, type Frame, place, X_FROM, X_TO } from './frame.js'
import { padded, scaleOf, timeTicks } from './scale.js'

/** A model with its figure. */
export interface ModelPoint {
  id: string
  /** Milliseconds since 1970. */
  time: number
  instant: string
  value: number
  /** `served`: was active once. */
  kind: 'out' | 'eligible' | 'served' | 'active'
}

/** A switch at its time. */
export interface SwitchMark {
  time: number
  text: string
}

/** What is later in the list is drawn over what is before. */
const KINDS = ['out', 'eligible', 'served', 'active'] as const
const RADIUS = { out: 3, eligible: 3.2, served: 4.2, active: 5.5 }

/** The models by the time at which they were created, with the switches that fall in between. */
export function plotModels(
  frame: Omit<Frame, 'ticks' | 'xTitle'>,
  points: readonly ModelPoint[],
  switches: readonly SwitchMark[],
  format: (value: number) => string,
): Html {
  const [min, max] = timesOf(points, switches)
  const x = scaleOf(min, max, X_FROM, X_TO)
  const ticks = timeTicks(min, max, 6).map(({ at, text }) => ({ at: x.at(at), text }))
  const marks = switches.filter(({ time }) => time >= min && time <= max)
  const drawn = html`${marks.map(({ time, text }) => html`<path class="switch" d="M${place(x.at(time))} ${marks.length > MOST_LINES ? 156 : 12}V166"><title>${text}</title></path>`)}
${KINDS.map((kind) => {
  const own = points.filter((point) => point.kind === kind)
  return (
    own.length > 0 &&
    html`<g class="${kind}">${own.map((point) => dot(point, x.at(point.time), frame.y.at(point.value), format))}</g>\n`
  )
})}`
  return drawFrame(
    { ...frame, ticks, xTitle: `model created, ${yearsOf(points.map(({ time }) => time))} (UTC)` },
    drawn,
  )
}

function dot(
  { id, instant, value, kind }: ModelPoint,
  x: number,
  y: number,
  format: (value: number) => string,
): Html {
  const title = html`<title>${id}: ${format(value)}, ${minuteOf(instant)}</title>`
  return html`<circle cx="${place(x)}" cy="${place(y)}" r="${RADIUS[kind]}">${title}</circle>`
}

/** More lines than these hide the points; each is a tick above the axis then. */
const MOST_LINES = 10

const HALF_DAY = 12 * 60 * 60 * 1000

/** The times of the models; those of switches too, unless most of the plot would be empty then. */
function timesOf(points: readonly ModelPoint[], switches: readonly SwitchMark[]): [number, number] {
  const created = points.map(({ time }) => time)
  const own = padded(created, 0.02)
  const all = padded([...created, ...switches.map(({ time }) => time)], 0.02)
  const [min, max] = all[1] - all[0] <= 1.5 * (own[1] - own[0]) ? all : own
  return max - min >= HALF_DAY / 12 && new Set(created).size > 1
    ? [min, max]
    : [min - HALF_DAY, max + HALF_DAY]
}

function yearsOf(times: readonly number[]): string {
  const [first, last] = [Math.min(...times), Math.max(...times)].map((time) =>
    new Date(time).getUTCFullYear(),
  )
  return first === last ? `${first}` : `${first}–${last}`
}
