/** From a value to a place on an axis. */
export interface Scale {
  at(value: number): number
  min: number
  max: number
}

/** Spreads from `from` to `to`, in whichever direction. */
export function scaleOf(min: number, max: number, from: number, to: number): Scale {
  const span = max - min || 1
  return { min, max, at: (value) => from + ((value - min) / span) * (to - from) }
}

/** The smallest and largest, with a little room on both sides; around a single value a little more. */
export function padded(values: readonly number[], part = 0.08): [number, number] {
  const min = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const max = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const room = max > min ? (max - min) * part : Math.max(Math.abs(max) * 0.05, 1e-9)
  return [min - room, max + room]
}

/** Round numbers within a range, about so many. */
export function niceTicks(min: number, max: number, about: number): number[] {
  const rough = (max - min) / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((by) => by * power).find((by) => by >= rough) ?? rough
  const first = Math.ceil(min / step)
  const count = Math.floor(max / step) - first + 1
  if (!(count > 0 && count < 100)) return []
  return Array.from({ length: count }, (_, i) => (first + i) * step)
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const STEPS = [MINUTE, 10 * MINUTE, 60 * MINUTE, 6 * 60 * MINUTE, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY]
const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120, 1200]

/** Round times within a range, at most about so many, each as it is written. */
export function timeTicks(min: number, max: number, about: number): { at: number; text: string }[] {
  const step = STEPS.find((each) => (max - min) / each <= about)
  if (step === undefined) return monthTicks(min, max, about)
  const first = Math.ceil(min / step)
  const times = Array.from(
    { length: Math.max(0, Math.floor(max / step) - first + 1) },
    (_, i) => (first + i) * step,
  )
  return times.map((at) => {
    const text = new Date(at).toISOString()
    return { at, text: step < DAY ? text.slice(5, 16).replace('T', ' ') : text.slice(5, 10) }
  })
}

function monthTicks(min: number, max: number, about: number): { at: number; text: string }[] {
  const months = MONTHS.find((each) => (max - min) / (each * 30.4 * DAY) <= about) ?? 12_000
  const start = new Date(min)
  const first = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth()) / months)
  const ticks = Array.from({ length: about + 2 }, (_, i) => monthAt((first + i) * months))
  return ticks.flatMap((at) => {
    if (!(at >= min && at <= max)) return []
    return [{ at, text: new Date(at).toISOString().slice(0, months >= 12 ? 4 : 7) }]
  })
}

/** The beginning of a month, counted from that of the year 0. */
function monthAt(month: number): number {
  return new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1)
}
