interface Sighting {
  since: number
  last: number
}

/** Who has been seen holding a lock, and for how long without a break, by the clock of the one who looks. */
export class Sightings {
  readonly #enoughMs: number
  readonly #longestGapMs: number
  #seen = new Map<string, Sighting>()

  constructor(staleAfterMs: number) {
    this.#enoughMs = staleAfterMs
    // Who was stopped itself, or frozen along with the owner, has seen nothing meanwhile. Looks are milliseconds apart.
    this.#longestGapMs = Math.max(1000, staleAfterMs / 4)
  }

  /** Takes note of who holds now; answers who has been seen for too long. */
  look(names: readonly string[], now: number): Set<string> {
    const seen = new Map<string, Sighting>()
    for (const name of names) {
      const before = this.#seen.get(name)
      const unbroken = before !== undefined && now - before.last <= this.#longestGapMs
      seen.set(name, { since: unbroken ? before.since : now, last: now })
    }
    this.#seen = seen
    return new Set(names.filter((name) => now - (seen.get(name) as Sighting).since >= this.#enoughMs))
  }
}
