import { bundleFiles } from '../bundle-files.js'
import { type ConformanceCase, conform } from '../conformance-case.js'
import type { Ground } from '../ground.js'
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
