import { bundleFiles, withManifest } from '../bundle-files.js'
import { type ConformanceCase, conform } from '../conformance-case.js'
import { codeOf } from '../ground.js'

/** What the one handle of a registry answers on any store. */
export const REGISTRIES: readonly ConformanceCase[] = [
  conform(
    'lists models with their places, and says which is active',
    [
      ['run-a', 2, true, null],
      ['run-b', 1, false, null],
      ['run-c', null, false, 'malformed_json'],
    ],
    async (on) => {
      on.putAll('run-a', 'run-b')
      on.put('run-c', { files: { 'metrics.json': '{' } })
      await on.activate('run-a')
      const { models } = await (await on.registry()).list()
      return models.map(({ bundle, rank, active, exclusion }) => [
        bundle.modelId,
        rank ?? null,
        active,
        exclusion?.code ?? null,
      ])
    },
  ),
  conform(
    'gives an overview of what is eligible, in an order that is asked for',
    [['run-b', 'run-a'], 3, 1],
    async (on) => {
      on.putAll('run-a', 'run-b')
      on.put('run-c', { files: { 'metrics.json': '{' } })
      const { models, total, invalid } = await (await on.registry()).overview({ show: 'eligible' })
      return [
        models
          .map(({ bundle }) => bundle.modelId)
          .sort()
          .reverse(),
        total,
        invalid,
      ]
    },
  ),
  conform(
    'names the nearest model to one that is not there',
    ['unknown_model', true, ['run-a', 'run-b']],
    async (on) => {
      on.putAll('run-a', 'run-b')
      const error = await (await on.registry()).read('run-aa').catch((error) => error)
      return [error.code, error.message.includes('did you mean run-a?'), error.details.known]
    },
  ),
  conform(
    'judges one model by itself',
    [
      ['run-a', true, 'run-a'],
      ['run-b', false, null],
    ],
    async (on) => {
      on.putAll('run-a')
      on.put('run-b', { metrics: { acceptance_pass: false } })
      await on.activate('run-a')
      const registry = await on.registry()
      const all = await Promise.all(['run-a', 'run-b'].map((id) => registry.inspect(id)))
      return all.map(({ bundle, active, report }) => [
        bundle.modelId,
        active,
        report.best?.bundle.modelId ?? null,
      ])
    },
  ),
  conform(
    'activates a model by its id with a note, and withdraws the one before',
    [['run-a', 2], ['run-b'], 'slow', 'set-active'],
    async (on) => {
      on.putAll('run-a', 'run-b')
      const registry = await on.registry()
      await registry.activateBest()
      const { pointer, line } = await registry.activate('run-a', { note: 'slow' })
      return [
        await on.active(),
        pointer.withdrawn,
        pointer.reason?.note,
        (line.decision as { kind: string }).kind,
      ]
    },
  ),
  conform(
    'activates past a gate only by force, and past validity never',
    ['gate_failed', 1, 'invalid_bundle', ['run-a', 1]],
    async (on) => {
      on.put('run-a', { metrics: { acceptance_pass: false } })
      on.put('run-b', { files: { 'metrics.json': '{' } })
      const registry = await on.registry()
      const code = await codeOf(registry.activate('run-a'))
      const { forced } = await registry.activate('run-a', { force: true })
      return [
        code,
        forced.length,
        await codeOf(registry.activate('run-b', { force: true })),
        await on.active(),
      ]
    },
  ),
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
  conform(
    'promotes with every number beside the champion',
    [
      'promoted',
      'run-a',
      [
        ['acceptance_pass', true],
        ['breakidle_precision', true],
        ['min_class_precision', true],
        ['macro_f1', true],
      ],
    ],
    async (on) => {
      on.putAll('run-a')
      const registry = await on.registry()
      await registry.activateBest()
      const candidate = on.candidate(bundleFiles({ metadata: { model_id: 'run-b' } }))
      const { outcome, comparedWith, numbers } = await registry.promote(candidate)
      return [outcome, comparedWith, numbers.map(({ metric, passed }) => [metric, passed])]
    },
  ),
  conform(
    'goes back, withdraws and readmits, with who',
    [['run-a', 4], ['run-b'], ['ops', 'ops', 'ops', 'ops']],
    async (on) => {
      on.putAll('run-a', 'run-b', 'run-c')
      const registry = await on.registry({ actor: 'ops' })
      await registry.activate('run-a')
      await registry.activate('run-b')
      await registry.rollback()
      await registry.withdraw('run-c')
      const { entries } = await registry.history()
      const actors = entries.map(({ actor }) => actor)
      const active = await on.active()
      await registry.readmit('run-c')
      return [active, await on.verbs.readWithdrawn(on.store), actors]
    },
  ),
  conform('fetches files for whoever opens them', 'tree\n', async (on) => {
    on.putAll('run-a')
    const registry = await on.registry()
    const bundle = await registry.read('run-a')
    if (bundle.status === 'invalid') return bundle.problems
    await using fetched = await registry.fetch(bundle)
    const { bytes } = await on.verbs.readBundleContent(fetched.bundle)
    return Buffer.from(bytes.get('model.txt') ?? []).toString()
  }),
]
