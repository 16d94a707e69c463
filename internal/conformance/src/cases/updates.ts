import type { PointerChange, PointerSnapshot } from '@taskclf/active-pointer'
import { type ConformanceCase, conform, race } from '../conformance-case.js'
import { codeOf, type Ground, until } from '../ground.js'
import { foreign } from './pointers.js'

/** A change to be written as it is, so that a case sees what the store does with it. */
function change(name: string, lines: readonly string[] = []): PointerChange {
  const pointer = Buffer.from(foreign(name))
  return { lines: [...lines], pointer, writeId: '0'.repeat(32), isEntrySafe: false }
}

const lineOf = (modelId: string) =>
  JSON.stringify({ at: '2026-04-01T00:00:00+00:00', old: null, new: JSON.parse(foreign(modelId)) })

/** The store's own verb: what `decide` is given, and what becomes of what it wants. */
export const UPDATES: readonly ConformanceCase[] = [
  conform('writes nothing when nothing is wanted', ['absent', 'absent', 0], async (on) => {
    const { previous } = await on.pointer().update(async () => undefined)
    return [previous.status, await on.active(), on.lines().length]
  }),
  conform(
    'writes nothing when the decision throws, and lets the next writer in',
    ['no', ['run-a', 1], 1],
    async (on) => {
      on.putAll('run-a')
      const thrown = on.pointer().update(async () => {
        throw Object.assign(new Error('no'), { code: 'no' })
      })
      const code = await codeOf(thrown)
      await on.activate('run-a')
      return [code, await on.active(), on.lines().length]
    },
  ),
  conform('writes lines in order, after those that are there', ['old', 'run-a', 'run-b'], async (on) => {
    await on.putLines([lineOf('old')])
    await on.pointer().update(async () => change('run-b', [lineOf('run-a'), lineOf('run-b')]))
    return on.lines().map((line) => JSON.parse(line).new.model_id)
  }),
  conform('writes bytes as they are', [true, lineOf('ünï\u2028')], async (on) => {
    const wanted = change('run-a', [lineOf('ünï\u2028')])
    await on.pointer().update(async () => wanted)
    const found = await on.state()
    let seen: PointerSnapshot | undefined
    await on.pointer().update(async (now) => {
      seen = now
      return undefined
    })
    return [found.version === seen?.active.version && found.status === 'valid', on.lines()[0]]
  }),
  conform(
    'gives the decision the pointer, the lines that account for it, and the name of the place',
    [['run-a', 1], 'run-a', 'models'],
    async (on) => {
      on.putAll('run-a')
      await on.activate('run-a')
      let seen: unknown
      await on.pointer().update(async ({ active, tail, named }) => {
        const revision = active.status === 'valid' && [active.modelId, active.pointer.revision]
        seen = [revision, tail.lines.at(-1)?.line.new.model_id, named.name]
        return undefined
      })
      return seen
    },
  ),
  conform(
    'gives the decision the line of an old pointer behind many of other programs',
    [true, true],
    async (on) => {
      on.putAll('run-a')
      const { pointer } = await on.activate('run-a')
      await on.putLines([...on.lines(), ...Array.from({ length: 300 }, (_, n) => lineOf(`other-${n}`))])
      let seen: unknown
      await on.pointer().update(async ({ tail }) => {
        const numbers = tail.lines.map(({ line }) => line.write_id)
        seen = [numbers.includes(pointer.write_id), tail.lines.at(-1)?.line.new.model_id === 'other-299']
        return undefined
      })
      return seen
    },
  ),
  conform(
    'returns the newest lines, at least as many as are asked for, oldest first',
    [true, ['other-7', 'other-8', 'other-9']],
    async (on) => {
      await on.putLines(Array.from({ length: 10 }, (_, n) => lineOf(`other-${n}`)))
      const { lines } = await on.pointer().history((newest) => newest.length >= 3)
      return [lines.length >= 3, lines.slice(-3).map(({ line }) => line.new.model_id)]
    },
  ),
  conform('returns the whole history unless less is enough', [500, true], async (on) => {
    await on.putLines(Array.from({ length: 500 }, (_, n) => lineOf(`other-${n}`)))
    const { lines, whole } = await on.pointer().history()
    return [lines.length, whole]
  }),
  conform('lets readers read while a decision is made', [['run-a', 1], 1], async (on) => {
    on.putAll('run-a')
    await on.activate('run-a')
    let seen: unknown
    await on.pointer().update(async () => {
      seen = [await on.active(), (await on.story()).length]
      return undefined
    })
    return seen
  }),
  conform('gives up on a writer that does not end', ['lock_timeout', 'absent'], async (on) => {
    const slow = held(on)
    await slow.isIn
    const code = await codeOf(on.pointer().update(async () => undefined, { lock: { timeoutMs: 30 } }))
    slow.let()
    await slow.ended
    return [code, await on.active()]
  }),
  conform(
    'keeps a third writer out after a second gave up',
    ['lock_timeout', ['first ends', 'third decides']],
    async (on) => {
      const said: string[] = []
      const first = held(on, () => said.push('first ends'))
      await first.isIn
      const code = await codeOf(on.pointer().update(async () => undefined, { lock: { timeoutMs: 30 } }))
      const third = on.pointer().update(async () => {
        said.push('third decides')
        return undefined
      })
      await new Promise((resolve) => setTimeout(resolve, 60))
      first.let()
      await Promise.all([first.ended, third])
      return [code, said]
    },
  ),
]

/** A writer that decides until it is let. */
function held(on: Ground, atEnd: () => void = () => {}) {
  let [enter, release] = [() => {}, () => {}]
  const isIn = new Promise<void>((resolve) => {
    enter = resolve
  })
  const isLet = new Promise<void>((resolve) => {
    release = resolve
  })
  const ended = on.pointer().update(async () => {
    enter()
    await isLet
    atEnd()
    return undefined
  })
  return { isIn, ended, let: () => release() }
}

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
    await Promise.all(range(12).map((n) => on.activate(IDS[n % 4] as string)))
    isOver = true
    await reading
    return [looks > 0 && 'looked', wrong]
  }),
  race('never shows a reader a revision lower than before', [[], 10], async (on) => {
    on.putAll(...IDS)
    let isOver = false
    let highest = 0
    const lower: number[] = []
    const reader = async () => {
      while (!isOver) {
        const found = await on.state()
        const revision = found.status === 'valid' ? (found.pointer.revision ?? 0) : 0
        if (revision < highest) lower.push(revision)
        highest = Math.max(highest, revision)
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    const reading = reader()
    for (const n of range(10)) await on.activate(IDS[n % 4] as string)
    isOver = true
    await reading
    const found = await on.state()
    return [lower, found.status === 'valid' && found.pointer.revision]
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
