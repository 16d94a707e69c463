import type { RunEvent } from '@taskclf/runs'
import { figure } from './table.js'

/** One event of a run as a line for people: its time, then what it says. */
export function runEventLine(event: RunEvent): string {
  const time = /T(\d\d:\d\d:\d\d)/.exec(event.at)?.[1] ?? '--:--:--'
  return `${time}  ${runEventText(event)}`
}

/** What an event says. */
export function runEventText(event: RunEvent): string {
  switch (event.type) {
    case 'phase':
      return `phase: ${event.name}`
    case 'progress':
      return progressText(event)
    case 'metrics':
      return metricsText(event.values, event.step)
    case 'log':
      return event.level === undefined || event.level === 'info'
        ? event.message
        : `${event.level}: ${event.message}`
    case 'bundle':
      return event.model_id === undefined
        ? 'the bundle is written'
        : `the bundle is written: ${event.model_id}`
    case 'text':
      return event.text
    case 'stderr':
      return `stderr: ${event.text}`
    case 'malformed':
      return `malformed (${event.message}): ${event.text}`
    case 'note':
      return `note: ${event.message}`
    case 'ended':
      return event.message === undefined ? `ended: ${event.state}` : `ended: ${event.state}: ${event.message}`
  }
}

type Progress = Extract<RunEvent, { type: 'progress' }>

/** `3/10 trees (30%)`, or `3 trees` where the total is not known. */
export function progressText({ current, total, unit }: Progress): string {
  const what = unit === undefined ? '' : ` ${unit}`
  if (total === undefined) return `${current}${what}`
  return `${current}/${total}${what} (${Math.min(100, Math.floor((current / total) * 100))}%)`
}

/** `macro_f1 0.8912, loss 0.4100`, with the step where there is one. */
export function metricsText(values: Readonly<Record<string, number>>, step?: number): string {
  const named = Object.entries(values).map(([name, value]) => `${name} ${figure(shortened(value))}`)
  return `${step === undefined ? '' : `step ${step}: `}${named.join(', ')}`
}

/** Live figures are for watching: the exact ones are in the run's events. */
function shortened(value: number): number {
  return Number(value.toPrecision(5))
}
