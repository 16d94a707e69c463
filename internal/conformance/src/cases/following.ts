import { type ConformanceCase, conform } from '../conformance-case.js'
import { type Ground, until } from '../ground.js'
import { foreign } from './pointers.js'

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
    await until(() => reloader.status().failing?.resting === true)
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
