import { readInstant } from '@taskclf/documents'
import { FlagsError } from '@taskclf/flags'

/** A flag that takes a time. */
export const timeFlag = (describe: string) => ({ type: 'string', value: 'TIME', describe }) as const

/** The instant that a flag gives, in UTC to the microsecond; undefined where it is not given. */
export function instantOfFlag(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const read = readInstant(text)
  if (read.ok) return read.instant
  throw new FlagsError('invalid_value', `--${name}: ${read.reason}`, {
    hint: 'write it as 2026-03-01, 2026-03-01T14:30:00Z or 2026-03-01T14:30:00+01:00',
  })
}

/** An instant as clocks here show it, with the offset that held then. */
export function localText(instant: string): string {
  const at = new Date(instant)
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
  const offset = -at.getTimezoneOffset()
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
  return `${day}T${time}${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`
}
