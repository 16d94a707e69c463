import {
  ABSENT,
  ActivePointerError,
  digestOf,
  type HistoryTail,
  type PointerStore,
  parseHistory,
  stateOf,
} from '@taskclf/active-pointer'

/** How long a writer waits for another, as in a models dir. */
const TIMEOUT_MS = 30_000

/** A pointer and its history in memory. One writer at a time; the lines are there before the pointer is. */
export class MemoryPointer implements PointerStore {
  pointer: Uint8Array | undefined
  lines: readonly Uint8Array[] = []
  #last: Promise<unknown> = Promise.resolve()

  /** @param name what a pointer calls the directory of its bundle */
  constructor(
    readonly name: string,
    readonly onChange: () => void,
  ) {}

  read: PointerStore['read'] = async () =>
    this.pointer === undefined ? ABSENT : stateOf(this.pointer, digestOf)

  // Nothing is saved by reading less.
  history: PointerStore['history'] = async () => this.#history()

  update: PointerStore['update'] = async (decide, options = {}) => {
    const before = this.#last
    let end = () => {}
    const own = new Promise<void>((resolve) => {
      end = resolve
    })
    // One that gives up does not let the next one in before those who were there first.
    this.#last = before.then(() => own)
    try {
      await within(before, options.lock?.timeoutMs ?? TIMEOUT_MS)
      const previous = await this.read()
      const tail = this.#history()
      const change = await decide({ active: previous, tail, named: { name: this.name } })
      if (change !== undefined) {
        this.lines = [...this.lines, ...change.lines.map((line) => new TextEncoder().encode(line))]
        this.pointer = Uint8Array.from(change.pointer)
        this.onChange()
      }
      return { previous, warnings: [] }
    } finally {
      end()
    }
  }

  #history(): HistoryTail {
    const bytes = Buffer.concat(this.lines.flatMap((line) => [line, NEWLINE]))
    return { ...parseHistory(bytes, digestOf), whole: true }
  }
}

const NEWLINE = Buffer.from('\n')

async function within(turn: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = `nothing was switched: another writer did not end within ${timeoutMs} ms; try again`
      reject(new ActivePointerError('lock_timeout', message))
    }, timeoutMs)
  })
  try {
    await Promise.race([turn, tooLong])
  } finally {
    clearTimeout(timer)
  }
}
