import { type ConformanceCase, conform } from '../conformance-case.js'
import { codeOf, type Ground } from '../ground.js'
import { foreign } from './pointers.js'

/** What a refused switch left: its code, the pointer, and how many lines. */
async function refused(on: Ground, switched: Promise<unknown>): Promise<unknown> {
  return [await codeOf(switched), await on.active(), on.lines().length]
}

/** How a switch is compared with what was expected. */
export const COMPARING: readonly ConformanceCase[] = [
  conform('switches when the pointer is the version that was expected', ['run-b', 2], async (on) => {
    on.putAll('run-a', 'run-b')
    const { version } = await on.activate('run-a', { expected: 'absent' })
    await on.activate('run-b', { expected: version })
    return on.active()
  }),
  conform('rejects a switch when the pointer changed since', ['conflict', ['run-b', 2], 2], async (on) => {
    on.putAll('run-a', 'run-b')
    const { version } = await on.activate('run-a')
    await on.activate('run-b')
    return refused(on, on.activate('run-a', { expected: version }))
  }),
  conform(
    'rejects a switch on a state that another program replaced',
    ['conflict', ['run-b', null], 1],
    async (on) => {
      on.putAll('run-a', 'run-b')
      await on.activate('run-a')
      const expected = await on.state()
      await on.putPointer(foreign('run-b'))
      return refused(on, on.activate('run-a', { expected }))
    },
  ),
  conform(
    'rejects a switch that expected no pointer where there is one',
    ['conflict', ['run-a', 1], 1],
    async (on) => {
      on.putAll('run-a')
      const expected = await on.state()
      await on.activate('run-a')
      return refused(on, on.activate('run-a', { expected }))
    },
  ),
  conform(
    'switches at the revision that was expected, and at 0 where there is no pointer',
    [['run-b', 2], 'done'],
    async (on) => {
      on.putAll('run-a', 'run-b')
      await on.activate('run-a', { expectedRevision: 0 })
      const done = await codeOf(on.activate('run-b', { expectedRevision: 1 }))
      return [await on.active(), done]
    },
  ),
  conform(
    'rejects a switch at another revision',
    [
      ['conflict', ['run-a', 1], 1],
      ['conflict', ['run-a', 1], 1],
    ],
    async (on) => {
      on.putAll('run-a')
      await on.activate('run-a')
      return [
        await refused(on, on.activate('run-a', { expectedRevision: 2 })),
        await refused(on, on.activate('run-a', { expectedRevision: 0 })),
      ]
    },
  ),
  conform(
    "finds another program's pointer at no revision, though our keys are kept",
    ['conflict', ['run-b', 1], 1],
    async (on) => {
      on.putAll('run-a', 'run-b')
      const { pointer } = await on.activate('run-a')
      await on.putPointer(foreign('run-b', { revision: pointer.revision, write_id: pointer.write_id }))
      return refused(on, on.activate('run-a', { expectedRevision: 1 }))
    },
  ),
  conform('finds a pointer of ours at its revision, though its line is lost', ['run-b', 2], async (on) => {
    on.putAll('run-a', 'run-b')
    await on.activate('run-a')
    await on.putLines([])
    await on.activate('run-b', { expectedRevision: 1 })
    return on.active()
  }),
  conform('rejects a bundle that was removed', ['bundle_not_promoted', 'absent', 0], async (on) => {
    on.putAll('run-a')
    const bundle = await on.valid('run-a')
    on.removeBundle('run-a')
    return refused(on, on.verbs.writeActiveAtomic(on.store, bundle, { source: 'manual' }))
  }),
  conform(
    'rejects a bundle that is removed while it is tried',
    ['bundle_not_promoted', 'absent', 0],
    async (on) => {
      on.putAll('run-a')
      const check = async () => {
        on.removeBundle('run-a')
        return { status: 'passed' } as const
      }
      return refused(on, on.activate('run-a', { checks: { check } }))
    },
  ),
  conform(
    'rejects to replace a pointer of a later version',
    ['unsupported_version', 'corrupt', 0],
    async (on) => {
      on.putAll('run-a')
      await on.putPointer(foreign('run-a', { version: 2 }))
      return refused(on, on.activate('run-a'))
    },
  ),
  conform(
    'rejects to go on after a line of a later version',
    ['unsupported_version', ['run-a', 1], 1],
    async (on) => {
      on.putAll('run-a', 'run-b')
      await on.activate('run-a')
      await on.putLines(on.lines().map((line) => line.replace('"version":1', '"version":2')))
      return refused(on, on.activate('run-b'))
    },
  ),
  conform(
    'rejects what no reader would accept as a pointer',
    ['invalid_pointer', 'absent', 0],
    async (on) => {
      on.putAll('run-a')
      return refused(
        on,
        on.activate('run-a', { reason: { metric: 'macro_f1', macro_f1: Number.NaN, note: 7 as never } }),
      )
    },
  ),
  conform('rejects a model that its check fails', ['load_failed', 'absent', 0], async (on) => {
    on.putAll('run-a')
    const check = async () => ({ status: 'failed', code: 'load_failed', message: 'no' }) as const
    return refused(on, on.activate('run-a', { checks: { check } }))
  }),
  conform(
    'rejects a model that nothing can load, unless that is allowed',
    [['not_checked', 'absent', 0], ['not_checked'], ['run-a', 1]],
    async (on) => {
      on.putAll('run-a')
      const check = async () => ({ status: 'not_checked', code: 'not_checked', message: 'no' }) as const
      const first = await refused(on, on.activate('run-a', { checks: { check } }))
      const { warnings } = await on.activate('run-a', { checks: { check, allowUnchecked: true } })
      return [first, warnings.map(({ code }) => code), await on.active()]
    },
  ),
]
