import type { PointerChange, PointerSnapshot } from '@taskclf/active-pointer'
import { type ConformanceCase, conform } from '../conformance-case.js'
import { codeOf, type Ground } from '../ground.js'
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
  conform(
    'keeps what was written, whatever becomes of the bytes that were given',
    ['run-a', null],
    async (on) => {
      const wanted = change('run-a')
      await on.pointer().update(async () => wanted)
      wanted.pointer.fill(32)
      return on.active()
    },
  ),
  conform('refuses a writer that waits for itself', ['lock_timeout', 'absent'], async (on) => {
    const inner = await on
      .pointer()
      .update(async () => {
        const again = on.pointer().update(async () => change('run-a'), { lock: { timeoutMs: 30 } })
        throw new Error(await codeOf(again))
      })
      .catch((error: Error) => error.message)
    return [inner, await on.active()]
  }),
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
