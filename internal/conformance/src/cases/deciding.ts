import { type ConformanceCase, conform } from '../conformance-case.js'
import { codeOf, type Ground } from '../ground.js'
import { foreign } from './pointers.js'

type Best = Parameters<Ground['verbs']['activateBest']>[1]

const best = (on: Ground, options: Best = {}) => on.verbs.activateBest(on.store, { now: on.now, ...options })

/** What is best, and making it active. */
export const DECIDING: readonly ConformanceCase[] = [
  conform(
    'weighs every bundle, and says why one is not eligible',
    [
      'run-b',
      [
        ['run-c', 'not_equal'],
        ['run-d', 'malformed_json'],
      ],
      4,
    ],
    async (on) => {
      on.putAll('run-a', 'run-b')
      on.put('run-c', { metrics: { acceptance_pass: false } })
      on.put('run-d', { files: { 'metrics.json': '{' } })
      const { report, bundles } = await on.verbs.weighBest(on.store)
      return [
        report.best?.bundle.modelId,
        report.excluded.map(({ bundle, code }) => [bundle.modelId, code]),
        bundles.length,
      ]
    },
  ),
  conform('weighs a bundle as if it were there', ['run-z', ['run-a']], async (on) => {
    on.putAll('run-a')
    on.put('run-z', { metrics: { macro_f1: 0.99 } })
    const asIf = await on.valid('run-z')
    on.removeBundle('run-z')
    const { report } = await on.verbs.weighBest(on.store, { asIf })
    return [report.best?.bundle.modelId, (await on.scanned()).map(({ modelId }) => modelId)]
  }),
  conform('makes the best active, and leaves it there', [['run-b', 1], 'same_model', 1], async (on) => {
    on.putAll('run-a', 'run-b')
    await best(on)
    const { decision } = await best(on)
    return [await on.active(), decision.code, on.lines().length]
  }),
  conform('records what a selection was decided on', ['select', 'macro_f1', 2], async (on) => {
    on.putAll('run-a', 'run-b')
    const { switched } = await best(on)
    const decision = switched?.line.decision as { kind: string; eligible: number }
    return [decision.kind, switched?.pointer.reason?.metric, decision.eligible]
  }),
  conform(
    'passes over a withdrawn model, also behind a pointer that does not name it',
    [['run-a', 2], 'same_model', ['run-a', null]],
    async (on) => {
      on.putAll('run-a', 'run-b')
      await on.activate('run-b')
      await on.activate('run-a', { source: 'manual' })
      const active = await on.active()
      await on.putPointer(foreign('run-a'))
      return [active, (await best(on)).decision.code, await on.active()]
    },
  ),
  conform(
    'leaves a model that another is better than by too little',
    ['gain_too_small', ['run-a', 1]],
    async (on) => {
      on.putAll('run-a', 'run-b')
      await on.activate('run-a')
      const { decision } = await best(on, { policy: { ...on.verbs.DEFAULT_POLICY, min_improvement: 0.1 } })
      return [decision.code, await on.active()]
    },
  ),
  conform('selects only what fits the requirement', ['run-a', ['run-b']], async (on) => {
    on.putAll('run-a', 'run-b')
    on.put('run-b', { metadata: { schema_hash: 'other' }, metrics: { macro_f1: 0.99 } })
    const { report, switched } = await best(on, { requirement: { schemas: [{ hash: '8776f20dbb8f' }] } })
    return [switched?.pointer.model_id, report.excluded.map(({ bundle }) => bundle.modelId)]
  }),
  conform(
    'leaves a corrupt pointer to people, unless it is told to replace it',
    ['pointer_corrupt', ['run-a', 1]],
    async (on) => {
      on.putAll('run-a')
      await on.putPointer('{')
      const code = await codeOf(best(on))
      await best(on, { replaceCorrupt: true })
      return [code, await on.active()]
    },
  ),
  conform(
    'decides again when another switches while the best is tried',
    [['run-c', 2], 2, true],
    async (on) => {
      on.putAll('run-a', 'run-b', 'run-c')
      let tried = 0
      const check = async () => {
        if (tried++ === 0) await on.activate('run-a')
        return { status: 'passed' } as const
      }
      const { switched } = await best(on, { checks: { check } })
      return [await on.active(), tried, switched?.previous.status === 'valid']
    },
  ),
  conform('decides again when the best is removed while it is tried', ['run-b', 1], async (on) => {
    on.putAll('run-a', 'run-b', 'run-c')
    const check = async ({ modelId }: { modelId: string }) => {
      if (modelId === 'run-c') on.removeBundle('run-c')
      return { status: 'passed' } as const
    }
    await best(on, { checks: { check } })
    return on.active()
  }),
  conform(
    'decides again when a better one is published while the best is tried',
    [['run-z', 2], 'conflict seen'],
    async (on) => {
      on.putAll('run-a', 'run-b')
      let isFirst = true
      const check = async () => {
        if (isFirst) on.put('run-z', { metrics: { macro_f1: 0.99 } })
        if (isFirst) await on.activate('run-a')
        isFirst = false
        return { status: 'passed' } as const
      }
      await best(on, { checks: { check } })
      return [await on.active(), 'conflict seen']
    },
  ),
  conform('switches to nothing when the best fails its check', ['self_test_failed', 'absent'], async (on) => {
    on.putAll('run-a', 'run-b')
    const check = async () => ({ status: 'failed', code: 'self_test_failed', message: 'no' }) as const
    return [await codeOf(best(on, { checks: { check } })), await on.active()]
  }),
  conform(
    'leaves an active model that was changed since it was activated',
    [['run-a', 2], 'incumbent_ineligible'],
    async (on) => {
      on.putAll('run-a', 'run-b')
      await on.activate('run-b')
      on.put('run-b', { metrics: { macro_f1: 0.7 }, files: { 'model.txt': 'eert\n' } })
      const { decision } = await best(on, { tryActive: true })
      return [await on.active(), decision.code]
    },
  ),
  conform(
    'calls an active model that was changed not sound, though it is the best',
    ['integrity_mismatch', ['run-b', 1]],
    async (on) => {
      on.putAll('run-a', 'run-b')
      await on.activate('run-b')
      on.put('run-b', { metrics: { macro_f1: 0.99 } })
      return [await codeOf(best(on, { tryActive: true })), await on.active()]
    },
  ),
]
