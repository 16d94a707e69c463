import { type ConformanceCase, race } from '../conformance-case.js'
import { codeOf, until } from '../ground.js'

const IDS = ['run-a', 'run-b', 'run-c', 'run-d']

/** Writers and readers at once. */
export const RACES: readonly ConformanceCase[] = [
  race(
    'gives sixteen writers at once sixteen revisions without a gap',
    [range(16), 'every line is visible', []],
    async (on) => {
      on.putAll(...IDS)
      const switched = await Promise.all(range(16).map((n) => on.activate(IDS[n % 4] as string)))
      const { entries, warnings } = await on.verbs.readHistory(on.store)
      const isVisible = entries.every(({ visible }) => visible) && entries.length === 16
      return [
        sorted(switched.map(({ revision }) => revision)),
        isVisible && 'every line is visible',
        warnings,
      ]
    },
  ),
  race('lets one of eight writers win who expected the same pointer', [1, 7, 2], async (on) => {
    on.putAll(...IDS)
    const { version } = await on.activate('run-a')
    const codes = await Promise.all(
      range(8).map((n) => codeOf(on.activate(IDS[n % 4] as string, { expected: version }))),
    )
    const count = (code: string) => codes.filter((each) => each === code).length
    return [count('done'), count('conflict'), on.lines().length]
  }),
  race('loses no withdrawal of several at once', ['run-b', 'run-c', 'run-d'], async (on) => {
    on.putAll(...IDS)
    await on.activate('run-a')
    await Promise.all(IDS.slice(1).map((id) => on.verbs.withdrawModel(on.store, id, { now: on.now })))
    return on.verbs.readWithdrawn(on.store)
  }),
  race('never shows a pointer without its line to a reader among writers', ['looked', []], async (on) => {
    on.putAll(...IDS)
    await on.activate('run-a')
    let [isOver, looks] = [false, 0]
    const wrong: unknown[] = []
    const reader = async () => {
      while (!isOver) {
        const found = await on.state()
        const { lines } = await on.pointer().history()
        looks++
        const isThere =
          found.status !== 'valid' || lines.some(({ line }) => line.write_id === found.pointer.write_id)
        if (!isThere || found.status === 'corrupt') wrong.push(found.status)
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    const reading = reader()
    // Until a reader looked often enough, in a store that is faster than it.
    for (let round = 0; round === 0 || (looks < 12 && round < 50); round++)
      await Promise.all(range(8).map((n) => on.activate(IDS[n % 4] as string)))
    isOver = true
    await reading
    return [looks > 0 && 'looked', wrong]
  }),
  race('never shows a reader a revision lower than before', [[], 'the last'], async (on) => {
    on.putAll(...IDS)
    await on.activate('run-a')
    let [isOver, looks, highest, made] = [false, 0, 0, 1]
    const lower: number[] = []
    const reader = async () => {
      while (!isOver) {
        const found = await on.state()
        const revision = found.status === 'valid' ? (found.pointer.revision ?? 0) : 0
        if (revision < highest) lower.push(revision)
        highest = Math.max(highest, revision)
        looks++
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    const reading = reader()
    while (made < 10 || (looks < 12 && made < 100)) await on.activate(IDS[made++ % 4] as string)
    isOver = true
    await reading
    const found = await on.state()
    return [lower, found.status === 'valid' && found.pointer.revision === made && 'the last']
  }),
  race('chains rollbacks and switches at once', [[], true], async (on) => {
    on.putAll(...IDS)
    for (const id of IDS) await on.activate(id)
    const { rollbackActive } = on.verbs
    await Promise.all([
      on.activate('run-a'),
      rollbackActive(on.store),
      rollbackActive(on.store),
      on.activate('run-c'),
    ])
    const { entries, warnings } = await on.verbs.readHistory(on.store)
    return [
      warnings,
      entries.length === 8 && entries.every(({ visible, revision }, i) => visible && revision === i + 1),
    ]
  }),
  race('makes one switch of several selections at once', [1, ['run-d', 1]], async (on) => {
    on.putAll(...IDS)
    const made = await Promise.all(range(6).map(() => on.verbs.activateBest(on.store, { now: on.now })))
    return [made.filter(({ switched }) => switched !== undefined).length, await on.active()]
  }),
  race('hears of the last of many quick switches', true, async (on) => {
    on.putAll(...IDS)
    let last: unknown
    const watcher = on.verbs.watchActive(
      on.store,
      (state) => {
        last = state.status === 'valid' && state.pointer.revision
      },
      { since: 'absent', pollMs: 20 },
    )
    for (const n of range(10)) await on.activate(IDS[n % 4] as string)
    const isHeard = await until(() => last === 10)
    watcher.close()
    return isHeard
  }),
]

function range(length: number): number[] {
  return Array.from({ length }, (_, n) => n)
}

function sorted(numbers: readonly number[]): number[] {
  return [...numbers].sort((a, b) => a - b).map((n) => n - 1)
}
