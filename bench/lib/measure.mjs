// What every row is measured with: contenders that take turns, and medians.

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** Milliseconds that the work takes. */
export async function elapsed(work) {
  const start = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - start) / 1e6
}

/**
 * Runs contenders by turns, so that whatever else the machine does meets all of them, after one unmeasured turn each. A
 * contender answers its own milliseconds, or undefined to be timed.
 */
export async function interleave(contenders, rounds) {
  const names = Object.keys(contenders)
  const times = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      let own
      const timed = await elapsed(async () => {
        own = await contenders[name](round)
      })
      if (round >= 0) times[name].push(own ?? timed)
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])]))
}

/** A row of the result. `ours` and `floor` are in one unit; smaller is better. */
export function row(id, work, { ours, floor, unit = 'ms', note }) {
  const ratio = floor === undefined || ours === undefined ? undefined : ours / floor
  return { id, work, unit, ours, floor, ratio, note }
}

/** A row that could not be measured, and why. */
export const unmeasured = (id, work, note) => ({ id, work, note })
