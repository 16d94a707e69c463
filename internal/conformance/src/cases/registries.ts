import { bundleFiles } from '../bundle-files.js'
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
