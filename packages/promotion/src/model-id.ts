import { randomInt } from 'node:crypto'

/** An id in the Python project's form: `YYYY-MM-DD_HHMMSS_run-NNNN`, in UTC. */
export function generateModelId(now: Date): string {
  const [date, time = ''] = now.toISOString().split('T')
  return `${date}_${time.slice(0, 8).replaceAll(':', '')}_run-${String(randomInt(10_000)).padStart(4, '0')}`
}

/**
 * A generated id that is not in use.
 *
 * @example
 * ```ts
 * await drawModelId(new Date(), (id) => bundles.has(id)) // '2026-03-02_031009_run-8935'
 * ```
 */
export async function drawModelId(
  now: Date,
  isTaken: (id: string) => boolean | Promise<boolean>,
): Promise<string> {
  for (;;) {
    const id = generateModelId(now)
    if (!(await isTaken(id))) return id
  }
}
