// What suites and their steps came to: rows of { name, passed, skipped: [[count, why]], seconds, failed }, and their table.
// No library: part of suites.mjs.

/** One row for many: counts and seconds added, reasons kept. */
export function sumOf(name, rows) {
  const sum = (of) => rows.reduce((total, row) => total + of(row), 0)
  return {
    name,
    passed: sum(({ passed }) => passed),
    skipped: rows.flatMap(({ skipped }) => skipped),
    seconds: sum(({ seconds }) => seconds),
    failed: rows.find(({ failed }) => failed !== undefined)?.failed,
  }
}

/** For people, in columns. */
export function tableOf(rows) {
  const cells = [['suite', 'passed', 'skipped, why', 'seconds'], ...rows.map(cellsOf)]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column].length)))
  const isNumber = [false, true, false, true]
  const lines = cells.map((row) =>
    row.map((cell, i) => (isNumber[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join(' | '),
  )
  const rule = widths.map((width) => '-'.repeat(width)).join('-|-')
  return `${[lines[0], rule, ...lines.slice(1)].join('\n')}\n`
}

function cellsOf({ name, passed, skipped, seconds, failed }) {
  const reasons = new Map()
  for (const [count, why] of skipped) reasons.set(why, (reasons.get(why) ?? 0) + count)
  return [
    name,
    failed === undefined ? String(passed) : `FAILED: ${failed}`,
    [...reasons].map(([why, count]) => `${count}: ${why}`).join('; ') || '0',
    seconds.toFixed(1),
  ]
}
