import { bundleFiles, withManifest } from '../bundle-files.js'
import { type ConformanceCase, conform } from '../conformance-case.js'
import { codeOf } from '../ground.js'

/** What a registry says of what is there, and of what was. */
export const EXPLAINING: readonly ConformanceCase[] = [
  conform('explains why the active model is active', ['active', 'run-b', 1, 'promotion'], async (on) => {
    on.putAll('run-a', 'run-b')
    const registry = await on.registry()
    await registry.activateBest()
    const { verdict, modelId, today, switch: made } = await registry.why()
    return [verdict, modelId, today?.rank, made?.source]
  }),
  conform(
    'explains why other models are not',
    {
      'run-a': 'outranked',
      'run-b': 'withdrawn',
      'run-d': 'gate',
      'run-e': 'invalid',
      'run-f': 'removed',
      2: 'switched',
    },
    async (on) => {
      on.putAll('run-a', 'run-b', 'run-c')
      on.put('run-d', { metrics: { acceptance_pass: false } })
      on.put('run-e', { files: { 'metrics.json': '{' } })
      on.put('run-f')
      const registry = await on.registry()
      await registry.activate('run-f')
      await registry.activate('run-b')
      await registry.activate('run-c')
      on.removeBundle('run-f')
      const subjects = ['run-a', 'run-b', 'run-d', 'run-e', 'run-f', '2']
      const found = await Promise.all(subjects.map(async (id) => [id, (await registry.why(id)).verdict]))
      return Object.fromEntries(found)
    },
  ),
  conform(
    'explains that nothing is active, or that the pointer cannot be read',
    ['no_pointer', 'pointer_corrupt', 'unknown_model'],
    async (on) => {
      on.putAll('run-a')
      const registry = await on.registry()
      const first = await registry.why()
      await on.putPointer('{')
      return [first.verdict, (await registry.why()).verdict, await codeOf(registry.why('run-x'))]
    },
  ),
  conform(
    'says in what two bundles differ',
    [[{ at: 'macro_f1', one: 0.8, other: 0.81, change: '0.01' }], []],
    async (on) => {
      on.putAll('run-a', 'run-b')
      const { metrics, metadata } = await (await on.registry()).diff('run-a', 'run-b')
      return [metrics, metadata]
    },
  ),
  conform(
    'verifies every byte of what was published',
    [
      ['run-a', true, true],
      ['run-b', false, true],
      ['run-c', true, false],
      ['run-d', false, false],
    ],
    async (on) => {
      const files = withManifest(bundleFiles())
      on.putBundle('run-a', files)
      on.putBundle('run-b', { ...files, 'model.txt': 'eert\n' })
      on.put('run-c')
      on.put('run-d', { files: { 'metrics.json': '{' } })
      const { models } = await (await on.registry()).verify()
      return models.map(({ modelId, ok, verified }) => [modelId, ok, verified])
    },
  ),
  conform(
    'verifies that the active model is what was activated',
    [[true], ['integrity_mismatch']],
    async (on) => {
      on.putAll('run-a')
      await on.activate('run-a')
      const registry = await on.registry()
      const before = await registry.verify({ modelIds: ['run-a'] })
      on.put('run-a', { files: { 'model.txt': 'eert\n' } })
      const after = await registry.verify({ modelIds: ['run-a'] })
      return [
        before.models.map(({ ok }) => ok),
        after.models.map(({ checks }) => checks && 'code' in checks && checks.code),
      ]
    },
  ),
  conform(
    'says what was active at a time, and at a revision',
    ['run-a', 'run-b', null, 'run-a'],
    async (on) => {
      on.putAll('run-a', 'run-b')
      await on.activate('run-a')
      for (let n = 0; n < 10; n++) on.now()
      await on.activate('run-b')
      const registry = await on.registry()
      const at = async (moment: Date | { revision: number }) =>
        (await registry.at(moment))?.new.model_id ?? null
      const times = ['2026-06-01T00:00:05Z', '2026-06-02T00:00:00Z', '2026-05-01T00:00:00Z'].map((time) =>
        at(new Date(time)),
      )
      return Promise.all([...times, at({ revision: 1 })])
    },
  ),
  conform('returns the history with where it is', ['<store>', [1, 2]], async (on) => {
    on.putAll('run-a', 'run-b')
    await on.activate('run-a')
    await on.activate('run-b')
    const { location, entries } = await (await on.registry()).history()
    return [location, entries.map(({ revision }) => revision)]
  }),
]
