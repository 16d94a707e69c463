/** What one process saw: times in nanoseconds of the machine's monotonic clock, which all processes share. */
export type Observation = {
  process: number
  start: number
  end: number
} & (
  | { kind: 'switch'; previous: string; version: string; revision: number; expected?: string }
  | { kind: 'conflict'; expected: string }
  | { kind: 'read'; version: string }
)

interface Reign {
  version: string
  /** The version may have become visible from here … */
  from: number
  /** … and was surely visible by here. */
  sure: number
}

/**
 * Whether what all processes saw could have come from one register that changes at one instant within each switch:
 * no update lost, no compare-and-swap on a stale version, no read of what was not there, nothing going backwards.
 * Answers what could not be, in sentences; empty means linearizable.
 */
export function linearizabilityProblems(
  observations: readonly Observation[],
  first: string,
  last: string,
): string[] {
  const problems: string[] = []
  const after = new Map<string, Observation & { kind: 'switch' }>()
  for (const seen of observations) {
    if (seen.kind !== 'switch') continue
    if (after.has(seen.previous)) problems.push(`lost update: two switches replaced ${seen.previous}`)
    after.set(seen.previous, seen)
    if (seen.expected !== undefined && seen.expected !== seen.previous)
      problems.push(`compare-and-swap on a stale version: ${seen.expected}`)
  }
  const reigns: Reign[] = [{ version: first, from: 0, sure: 0 }]
  let now = after.get(first)
  for (let revision = 0; now !== undefined; now = after.get(now.version)) {
    if (now.revision <= revision) problems.push(`revision ${now.revision} after ${revision}`)
    revision = now.revision
    reigns.push({ version: now.version, from: now.start, sure: now.end })
  }
  if (reigns.length !== after.size + 1)
    problems.push(`the chain has ${reigns.length - 1} of ${after.size} switches`)
  if (reigns.at(-1)?.version !== last) problems.push('the chain does not end in the pointer that is there')
  for (let i = 1, latest = 0; i < reigns.length; i++) {
    const reign = reigns[i] as Reign
    if (reign.sure < latest) problems.push(`${reign.version} ended before its predecessor began`)
    latest = Math.max(latest, reign.from)
  }
  return [...problems, ...readProblems(observations, reigns)]
}

function readProblems(observations: readonly Observation[], reigns: readonly Reign[]): string[] {
  const problems: string[] = []
  const at = new Map(reigns.map(({ version }, i) => [version, i]))
  const newest = new Map<number, number>()
  for (const seen of [...observations].sort((a, b) => a.start - b.start)) {
    if (seen.kind === 'conflict') {
      const i = at.get(seen.expected)
      const next = i === undefined ? undefined : reigns[i + 1]
      // A conflict is wrong when the expected version was there during the whole attempt.
      if (
        i !== undefined &&
        (reigns[i] as Reign).sure <= seen.start &&
        (next === undefined || next.from >= seen.end)
      )
        problems.push(`conflict though ${seen.expected} was there all the time`)
      continue
    }
    const i = at.get(seen.version)
    if (i === undefined) {
      problems.push(`a read of a version that never was: ${seen.version}`)
      continue
    }
    if ((newest.get(seen.process) ?? 0) > i)
      problems.push(`process ${seen.process} saw ${seen.version} after a later one`)
    newest.set(seen.process, i)
    if (seen.kind === 'switch') continue
    const next = reigns[i + 1]
    if ((reigns[i] as Reign).from > seen.end) problems.push(`a read of ${seen.version} before it was written`)
    if (next !== undefined && next.sure < seen.start) problems.push(`a stale read of ${seen.version}`)
  }
  return problems
}
