import { bundleFiles } from '../bundle-files.js'
import { type ConformanceCase, conform } from '../conformance-case.js'
import { type Ground, until } from '../ground.js'
import { foreign } from './pointers.js'

type How = Omit<Parameters<Ground['verbs']['resolveModelDir']>[0], 'modelsDir'>

async function resolved(on: Ground, how: How = {}): Promise<unknown> {
  try {
    const { modelId, source, degraded, warnings, revision, repaired } = await on.verbs.resolveModelDir({
      modelsDir: on.store,
      now: on.now,
      ...how,
    })
    return [
      modelId,
      source,
      revision ?? null,
      degraded?.code ?? null,
      warnings.map(({ code }) => code).join(),
      repaired === true,
    ]
  } catch (error) {
    return (error as { code?: string }).code
  }
}

/** Which model serves. */
export const RESOLVING: readonly ConformanceCase[] = [
  conform(
    'serves the model that the pointer names, from a local directory',
    [['run-a', 'active', 1, null, '', false], 0.8],
    async (on) => {
      on.putAll('run-a', 'run-b')
      await on.activate('run-a')
      const { path } = await on.verbs.resolveModelDir({ modelsDir: on.store })
      const bundle = await on.verbs.readBundle(path)
      return [await resolved(on), bundle.status === 'valid' && bundle.metrics.macro_f1]
    },
  ),
  conform(
    'serves the best where there is no pointer, and writes none',
    [['run-b', 'selection', null, null, 'no_pointer', false], 'absent'],
    async (on) => {
      on.putAll('run-a', 'run-b')
      return [await resolved(on), await on.active()]
    },
  ),
  conform('serves nothing where nothing is eligible', 'no_eligible_model', async (on) => {
    on.put('run-a', { metrics: { acceptance_pass: false } })
    return resolved(on)
  }),
  conform(
    'serves the best of the same feature schema where the active bundle is gone',
    [
      ['run-a', 'selection', null, 'active_bundle_missing', 'active_bundle_missing', false],
      ['run-b', 1],
    ],
    async (on) => {
      on.putAll('run-a', 'run-b')
      on.put('run-c', { metadata: { schema_hash: 'other' }, metrics: { macro_f1: 0.99 } })
      await on.activate('run-b')
      on.removeBundle('run-b')
      return [await resolved(on), await on.active()]
    },
  ),
  conform('fails where the active bundle is gone, when told to', 'active_bundle_missing', async (on) => {
    on.putAll('run-a', 'run-b')
    await on.activate('run-b')
    on.removeBundle('run-b')
    return resolved(on, { onBrokenPointer: 'fail' })
  }),
  conform(
    "cannot say what stands in for another program's model that is gone",
    'fallback_ambiguous',
    async (on) => {
      on.putAll('run-a')
      on.put('run-b', { metadata: { schema_hash: 'other' } })
      await on.putPointer(foreign('run-x'))
      return resolved(on)
    },
  ),
  conform(
    'fails where the active bundle is broken or does not fit',
    ['bundle_invalid', 'bundle_incompatible'],
    async (on) => {
      on.putAll('run-a', 'run-b')
      await on.activate('run-b')
      const requirement = { schemas: [{ hash: 'other' }] }
      const unfit = await resolved(on, { requirement })
      on.put('run-b', { files: { 'metrics.json': '{' } })
      return [await resolved(on), unfit]
    },
  ),
  conform(
    'fails where the pointer is corrupt, unless the policy may decide',
    ['pointer_corrupt', ['run-b', 'selection', null, 'pointer_corrupt', 'pointer_corrupt', false]],
    async (on) => {
      on.putAll('run-a', 'run-b')
      await on.putPointer('{"model_id": "run')
      return [await resolved(on), await resolved(on, { onBrokenPointer: 'policy' })]
    },
  ),
  conform(
    'serves the last model that served where the active one is broken',
    ['run-a', 'selection', null, 'bundle_invalid', 'active_bundle_invalid', false],
    async (on) => {
      on.putAll('run-a', 'run-b', 'run-c')
      await on.activate('run-a')
      await on.activate('run-b')
      on.put('run-b', { files: { 'metrics.json': '{' } })
      return resolved(on, { onBrokenPointer: 'last_good' })
    },
  ),
  conform(
    'repairs a pointer that is lost, corrupt, or whose bundle is gone',
    [['run-b', 'selection', 1, null, 'no_pointer', true], ['run-b', 2], ['run-a', 3], 'repair'],
    async (on) => {
      on.putAll('run-a', 'run-b')
      const first = await resolved(on, { repair: true })
      await on.putPointer('{')
      await resolved(on, { repair: true })
      const second = await on.active()
      on.removeBundle('run-b')
      await resolved(on, { repair: true })
      const found = await on.state()
      return [first, second, await on.active(), found.status === 'valid' && found.pointer.source]
    },
  ),
  conform(
    'refuses to repair what somebody chose and is there',
    ['repair_refused', ['run-b', 1]],
    async (on) => {
      on.putAll('run-a', 'run-b')
      await on.activate('run-b')
      on.put('run-b', { files: { 'metrics.json': '{' } })
      return [await resolved(on, { repair: true }), await on.active()]
    },
  ),
  conform(
    'serves a directory that is given, whatever the store says',
    ['candidate', 'override', null, null, '', false],
    async (on) => {
      on.putAll('run-a')
      await on.activate('run-a')
      return resolved(on, { modelDir: on.candidate(bundleFiles()) })
    },
  ),
]

/** A reloader whose models are their text. */
function follow(on: Ground, failures: string[] = []) {
  return on.verbs.createModelReloader<string>({
    modelsDir: on.store,
    pollMs: 20,
    backoff: { initialMs: 5, maxMs: 10, maxAttempts: 3 },
    load: (_, { bytes }) => {
      const text = Buffer.from(bytes.get('model.txt') ?? []).toString()
      if (text === 'broken') throw new Error('cannot be parsed')
      return text
    },
    onError: ({ error }) => failures.push(error.code),
  })
}

const putText = (on: Ground, id: string, text = `model ${id}`) => on.put(id, { files: { 'model.txt': text } })

/** Following the active model in a running process. */
export const FOLLOWING: readonly ConformanceCase[] = [
  conform(
    'follows a switch, with what is in the new model',
    ['model run-a', true, 'model run-b', ['run-b', 2]],
    async (on) => {
      putText(on, 'run-a')
      putText(on, 'run-b')
      await on.activate('run-a')
      await using reloader = await follow(on)
      const before = await reloader.use((text) => text)
      await on.activate('run-b')
      const isFollowed = await until(() => reloader.current.modelId === 'run-b')
      return [
        before,
        isFollowed,
        await reloader.use((text) => text),
        [reloader.current.modelId, reloader.current.revision],
      ]
    },
  ),
  conform('follows a switch at once when it is told to look', ['run-b', 1], async (on) => {
    putText(on, 'run-a')
    putText(on, 'run-b')
    await on.activate('run-a')
    await using reloader = await follow(on)
    await on.activate('run-b')
    await reloader.refresh()
    return [reloader.current.modelId, reloader.status().swaps]
  }),
  conform(
    'serves on when the next model does not load, and follows the one after it',
    ['model run-a', 'load_failed', 'model run-c'],
    async (on) => {
      putText(on, 'run-a')
      putText(on, 'run-b', 'broken')
      putText(on, 'run-c')
      await on.activate('run-a')
      const failures: string[] = []
      await using reloader = await follow(on, failures)
      await on.activate('run-b')
      await reloader.refresh()
      const kept = await reloader.use((text) => text)
      await on.activate('run-c')
      await until(() => reloader.current.modelId === 'run-c')
      return [kept, failures[0], await reloader.use((text) => text)]
    },
  ),
  conform(
    'serves on when the pointer goes, is torn, or names nothing that is there',
    ['run-a', ['pointer_absent', 'pointer_corrupt', 'active_bundle_missing']],
    async (on) => {
      putText(on, 'run-a')
      await on.activate('run-a')
      const failures: string[] = []
      await using reloader = await follow(on, failures)
      for (const pointer of [undefined, '{', foreign('run-x')]) {
        await on.putPointer(pointer)
        await reloader.refresh()
      }
      return [reloader.current.modelId, [...new Set(failures)]]
    },
  ),
  conform(
    'does not serve content that was changed since it was activated',
    ['run-a', 'integrity_mismatch'],
    async (on) => {
      putText(on, 'run-a')
      putText(on, 'run-b')
      const { pointer } = await on.activate('run-b')
      await on.activate('run-a')
      const failures: string[] = []
      await using reloader = await follow(on, failures)
      putText(on, 'run-b', 'model other')
      await on.putPointer(JSON.stringify(pointer))
      await reloader.refresh()
      return [reloader.current.modelId, failures[0]]
    },
  ),
  conform('serves a broken model once its bundle is put right', ['run-a', true], async (on) => {
    putText(on, 'run-a')
    await on.activate('run-a')
    await using reloader = await follow(on)
    putText(on, 'run-b', 'broken')
    await on.putPointer(foreign('run-b'))
    await reloader.refresh()
    const before = reloader.current.modelId
    putText(on, 'run-b')
    return [before, await until(() => reloader.current.modelId === 'run-b')]
  }),
  conform('keeps a model for who holds it', ['model run-a', 'model run-b'], async (on) => {
    putText(on, 'run-a')
    putText(on, 'run-b')
    await on.activate('run-a')
    await using reloader = await follow(on)
    using hold = reloader.hold()
    await on.activate('run-b')
    await reloader.refresh()
    return [hold.model, await reloader.use((text) => text)]
  }),
  conform(
    'tells a watcher of each state that it finds, once',
    [['valid run-a'], ['valid run-a', 'corrupt'], ['valid run-a', 'corrupt', 'absent']],
    async (on) => {
      const heard: string[] = []
      const watcher = on.verbs.watchActive(
        on.store,
        (state) => heard.push(state.status === 'valid' ? `valid ${state.modelId}` : state.status),
        { since: 'absent', pollMs: 20 },
      )
      const seen: string[][] = []
      for (const pointer of [foreign('run-a'), '{', undefined]) {
        await on.putPointer(pointer)
        await until(() => heard.length > seen.length)
        await new Promise((resolve) => setTimeout(resolve, 45))
        seen.push([...heard])
      }
      watcher.close()
      return seen
    },
  ),
  conform('tells a watcher nothing when the same bytes are put there again', [], async (on) => {
    await on.putPointer(foreign('run-a'))
    const { version: since } = await on.state()
    const heard: unknown[] = []
    const watcher = on.verbs.watchActive(on.store, (state) => heard.push(state), { since, pollMs: 20 })
    await on.putPointer(foreign('run-a'))
    await new Promise((resolve) => setTimeout(resolve, 60))
    watcher.close()
    return heard
  }),
  conform('tells a watcher nothing after it is closed', [], async (on) => {
    const heard: unknown[] = []
    on.verbs.watchActive(on.store, (state) => heard.push(state), { since: 'absent', pollMs: 10 }).close()
    await on.putPointer(foreign('run-a'))
    await new Promise((resolve) => setTimeout(resolve, 50))
    return heard
  }),
  conform('tells a watcher at the start what changed since it looked', 'run-a', async (on) => {
    await on.putPointer(foreign('run-a'))
    let heard: unknown
    const watcher = on.verbs.watchActive(
      on.store,
      (state) => {
        heard = state.status === 'valid' && state.modelId
      },
      { since: 'absent', pollMs: 60_000 },
    )
    await until(() => heard !== undefined)
    watcher.close()
    return heard
  }),
  conform('gives a hint of a switch, so that a watcher with a slow clock hears of it', true, async (on) => {
    on.putAll('run-a')
    let isHeard = false
    const { version: since } = await on.state()
    const watcher = on.verbs.watchActive(
      on.store,
      () => {
        isHeard = true
      },
      { since, pollMs: 60_000 },
    )
    await new Promise((resolve) => setTimeout(resolve, 30))
    await on.activate('run-a')
    await until(() => isHeard)
    watcher.close()
    return isHeard
  }),
]
