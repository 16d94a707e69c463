/** What a row of a self-test can be the first to show. */
export type RowKind = 'label' | 'rejected' | 'unknown_category' | 'missing_pattern'

/** In the order in which room is found for them. */
const ROW_KINDS: readonly RowKind[] = ['label', 'rejected', 'unknown_category', 'missing_pattern']

/** Something that a row shows: a kind, and which of that kind. */
export type Trait = readonly [kind: RowKind, which: string]

interface Kept<T> {
  place: number
  row: T
  traits: readonly Trait[]
}

/**
 * Chooses among rows that pass: the first that shows each trait, then whatever comes first. Keeps no more rows than could be
 * chosen, however many pass.
 */
export class RowChoice<T> {
  readonly #limit: number
  readonly #shown = new Map<RowKind, Map<string, Kept<T>>>(ROW_KINDS.map((kind) => [kind, new Map()]))
  readonly #first: Kept<T>[] = []
  readonly #overfull = new Set<RowKind>()
  #seen = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Rows that have passed. */
  get seen(): number {
    return this.#seen
  }

  /** Looks at the next row; `make` gives what is kept of it, if it is. */
  see(traits: readonly Trait[], make: () => T): void {
    const place = this.#seen++
    let kept: Kept<T> | undefined
    const keep = () => {
      kept ??= { place, row: make(), traits }
      return kept
    }
    for (const [kind, which] of traits) {
      const shown = this.#shown.get(kind) as Map<string, Kept<T>>
      if (shown.has(which)) continue
      if (shown.size < this.#limit) shown.set(which, keep())
      else this.#overfull.add(kind)
    }
    if (place < this.#limit) this.#first.push(keep())
  }

  /** The chosen rows in the order in which they came, all that they show, and the kinds of which some had no room. */
  choose(): { rows: T[]; traits: Trait[]; leftOut: RowKind[] } {
    const chosen = new Set<Kept<T>>()
    const covered = new Set<string>()
    const take = (kept: Kept<T>) => {
      chosen.add(kept)
      for (const trait of kept.traits) covered.add(trait.join(' '))
    }
    const leftOut = new Set(this.#overfull)
    for (const kind of ROW_KINDS) {
      for (const [which, kept] of this.#shown.get(kind) as Map<string, Kept<T>>) {
        if (covered.has(`${kind} ${which}`)) continue
        if (chosen.size < this.#limit) take(kept)
        else leftOut.add(kind)
      }
    }
    for (const kept of this.#first) if (chosen.size < this.#limit) take(kept)
    const inOrder = [...chosen].sort((a, b) => a.place - b.place)
    const traits = new Map(inOrder.flatMap((kept) => kept.traits.map((trait) => [trait.join(' '), trait])))
    return {
      rows: inOrder.map(({ row }) => row),
      traits: [...traits.values()],
      leftOut: ROW_KINDS.filter((kind) => leftOut.has(kind)),
    }
  }
}
