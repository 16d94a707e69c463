import { type ConformanceCase, conform } from '../conformance-case.js'
import { codeOf, type Ground } from '../ground.js'
import { foreign } from './pointers.js'

/** Activates models one after the other. */
async function activateAll(on: Ground, ...ids: string[]): Promise<void> {
  on.putAll(...new Set(ids))
  for (const id of ids) await on.activate(id)
}

const back = (on: Ground, options: Parameters<Ground['verbs']['rollbackActive']>[1] = {}) =>
  on.verbs.rollbackActive(on.store, { now: on.now, ...options })

/** Going back. */
export const ROLLBACKS: readonly ConformanceCase[] = [
  conform(
    'goes back to the model before, with who and why, and withdraws the one that it leaves',
    {
      active: ['run-a', 3],
      withdrawn: ['run-b'],
      note: 'rollback to revision 1',
      source: 'rollback',
      actor: 'ops',
    },
    async (on) => {
      await activateAll(on, 'run-a', 'run-b')
      const { pointer, line } = await back(on, { actor: 'ops' })
      const { withdrawn, reason, source } = pointer
      return { active: await on.active(), withdrawn, note: reason?.note, source, actor: line.actor }
    },
  ),
  conform(
    'goes further back with each of two rollbacks',
    [['run-b', 4], ['run-a', 5], 'nothing_to_roll_back_to'],
    async (on) => {
      await activateAll(on, 'run-a', 'run-b', 'run-c')
      await back(on)
      const first = await on.active()
      await back(on)
      return [first, await on.active(), await codeOf(back(on))]
    },
  ),
  conform('goes back two models at once', ['run-a', 4], async (on) => {
    await activateAll(on, 'run-a', 'run-b', 'run-c')
    await back(on, { steps: 2 })
    return on.active()
  }),
  conform('goes back to the pointer of a revision', [['run-a', 4], 'rollback to revision 1'], async (on) => {
    await activateAll(on, 'run-a', 'run-b', 'run-c')
    const { pointer } = await back(on, { toRevision: 1 })
    return [await on.active(), pointer.reason?.note]
  }),
  conform(
    'rejects revisions that were never active, or are now',
    ['unknown_revision', 'target_not_usable', 2],
    async (on) => {
      await activateAll(on, 'run-a', 'run-b')
      const codes = [await codeOf(back(on, { toRevision: 7 })), await codeOf(back(on, { toRevision: 2 }))]
      return [...codes, on.lines().length]
    },
  ),
  conform(
    'passes over models that are gone, changed, broken or do not load, and says why',
    [
      ['run-a', 6],
      [
        [5, 'run-e', 'not_valid'],
        [4, 'run-d', 'changed'],
        [3, 'run-c', 'not_valid'],
        [2, 'run-b', 'does_not_load'],
      ],
    ],
    async (on) => {
      await activateAll(on, 'run-a', 'run-b', 'run-c', 'run-d', 'run-e', 'run-f')
      on.removeBundle('run-e')
      on.put('run-d', { files: { 'model.txt': 'eert\n' } })
      on.put('run-c', { files: { 'metrics.json': '{' } })
      const check = async ({ modelId }: { modelId: string }) =>
        modelId === 'run-b'
          ? ({ status: 'failed', code: 'load_failed', message: 'no' } as const)
          : ({ status: 'passed' } as const)
      const { passedOver } = await back(on, { checks: { check } })
      const [id, revision] = (await on.active()) as [string, number]
      return [[id, revision - 1], passedOver.map((each) => [each.revision, each.modelId, each.why])]
    },
  ),
  conform(
    'stays where it is when no earlier model can serve',
    ['nothing_to_roll_back_to', ['run-b', 2]],
    async (on) => {
      await activateAll(on, 'run-a', 'run-b')
      on.removeBundle('run-a')
      return [await codeOf(back(on)), await on.active()]
    },
  ),
  conform('rejects to go back where nothing was ever active', 'no_active_pointer', async (on) =>
    codeOf(back(on)),
  ),
  conform(
    'rejects to go back on a decision that is out of date',
    ['conflict', 'conflict', ['run-b', 2]],
    async (on) => {
      await activateAll(on, 'run-a')
      const { version: expected } = await on.state()
      await activateAll(on, 'run-b')
      return [
        await codeOf(back(on, { expected })),
        await codeOf(back(on, { expectedRevision: 1 })),
        await on.active(),
      ]
    },
  ),
  conform(
    'goes back from a lost pointer, and says that nothing confirms it',
    [['run-b', 3], ['unconfirmed_revision']],
    async (on) => {
      await activateAll(on, 'run-a', 'run-b')
      await on.putPointer(undefined)
      const { warnings } = await back(on, { toRevision: 2 })
      const codes = warnings.map(({ code }) => code)
      return [await on.active(), codes]
    },
  ),
  conform(
    "goes back from another program's pointer to ours, and adopts it",
    [['run-a', 3], 'external', ['run-b']],
    async (on) => {
      await activateAll(on, 'run-a')
      on.put('run-b')
      await on.putPointer(foreign('run-b'))
      const { adopted, pointer } = await back(on)
      return [await on.active(), adopted?.source, pointer.withdrawn]
    },
  ),
  conform('decides again when somebody switches while a target is tried', [['run-a', 5], 2], async (on) => {
    await activateAll(on, 'run-a', 'run-b', 'run-c')
    let tried = 0
    const check = async () => {
      if (tried++ === 0) await on.activate('run-b')
      return { status: 'passed' } as const
    }
    await back(on, { checks: { check } })
    return [['run-a', ((await on.active()) as unknown[])[1]], tried]
  }),
]

const withdraw = (on: Ground, id: string, note?: string) =>
  on.verbs.withdrawModel(on.store, id, { now: on.now, ...(note !== undefined && { note }) })
const readmit = (on: Ground, id: string) => on.verbs.readmitModel(on.store, id, { now: on.now })

/** What automatic selection passes over. */
export const WITHDRAWALS: readonly ConformanceCase[] = [
  conform(
    'withdraws a model with a line that says why, and keeps the active one',
    [true, ['run-a', 2], ['run-b'], { kind: 'withdraw', model_id: 'run-b', note: 'slow' }],
    async (on) => {
      await activateAll(on, 'run-a')
      on.put('run-b')
      const { changed } = await withdraw(on, 'run-b', 'slow')
      const [last = '{}'] = on.lines().slice(-1)
      return [changed, await on.active(), await on.verbs.readWithdrawn(on.store), JSON.parse(last).decision]
    },
  ),
  conform('writes nothing for a model that is withdrawn already', [false, 2], async (on) => {
    await activateAll(on, 'run-a')
    on.put('run-b')
    await withdraw(on, 'run-b')
    const { changed } = await withdraw(on, 'run-b')
    return [changed, on.lines().length]
  }),
  conform(
    'rejects to withdraw the active model, a model that is not there, and where nothing is active',
    ['no_active_pointer', 'is_active', 'bundle_not_promoted', 1],
    async (on) => {
      on.putAll('run-a')
      const none = await codeOf(withdraw(on, 'run-a'))
      await on.activate('run-a')
      return [
        none,
        await codeOf(withdraw(on, 'run-a')),
        await codeOf(withdraw(on, 'run-x')),
        on.lines().length,
      ]
    },
  ),
  conform('withdraws a bundle that is not valid', ['run-b'], async (on) => {
    await activateAll(on, 'run-a')
    on.put('run-b', { files: { 'metrics.json': '{' } })
    await withdraw(on, 'run-b')
    return on.verbs.readWithdrawn(on.store)
  }),
  conform('keeps all that the pointer recorded of its model', [true, true, true], async (on) => {
    await activateAll(on, 'run-a')
    on.put('run-b')
    const before = await on.state()
    await withdraw(on, 'run-b')
    const after = await on.state()
    const [one, other] = [before, after].map((state) =>
      state.status === 'valid' ? state.pointer : undefined,
    )
    return (['bundle_digest', 'schema_hash', 'reason'] as const).map(
      (key) => JSON.stringify(one?.[key]) === JSON.stringify(other?.[key]),
    )
  }),
  conform('readmits a model, once', [true, false, [], ['run-a', 3]], async (on) => {
    await activateAll(on, 'run-a')
    on.put('run-b')
    await withdraw(on, 'run-b')
    const [first, again] = [await readmit(on, 'run-b'), await readmit(on, 'run-b')]
    return [first.changed, again.changed, await on.verbs.readWithdrawn(on.store), await on.active()]
  }),
  conform('rejects to readmit where the pointer cannot be read', 'no_active_pointer', async (on) => {
    await on.putPointer('{')
    return codeOf(readmit(on, 'run-b'))
  }),
]
