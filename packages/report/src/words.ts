/** At most so many characters, on one line. */
export function clip(text: string, most: number): string {
  const line = text
    .slice(0, 4 * most)
    .replace(/\s+/g, ' ')
    .trim()
  const chars = [...line]
  return chars.length <= most ? line : `${chars.slice(0, most - 1).join('')}…`
}

/** `2026-03-02 03:10` of an instant in UTC; what is not one stays as it is. */
export function minuteOf(instant: string): string {
  const [, date, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(instant) ?? []
  return date === undefined ? clip(instant, 40) : `${date} ${time}`
}

/** The last names of a path: enough to tell places apart, and nothing of the machine. */
export function lastNames(path: string, most: number): string {
  const names = path.split(/[/\\]+/).filter((part) => part !== '')
  return names.slice(-most).join('/') || path
}

/** `7 models`, `1 model`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`
}

const SIGNIFICANT = 4

/** Writes the numbers of one metric, all with the same decimals, so that they can be compared by eye. */
export function numberFormat(values: readonly number[]): (value: number) => string {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (largest !== 0 && (largest >= 1e7 || largest < 1e-3)) return (value) => value.toPrecision(SIGNIFICANT)
  if (values.every(Number.isInteger)) return String
  const whole = Math.max(0, Math.floor(Math.log10(largest || 1)))
  const decimals = Math.max(1, SIGNIFICANT - whole)
  return (value) => value.toFixed(decimals)
}
