import { bundleFiles } from '../bundle-files.js'
import { type ConformanceCase, conform, race } from '../conformance-case.js'
import { codeOf, type Ground } from '../ground.js'
import type { Files } from '../subject.js'
import { foreign } from './pointers.js'

type How = Omit<Parameters<Ground['verbs']['promote']>[0], 'candidateDir' | 'modelsDir'>

const promote = (on: Ground, files: Files, how: How = {}) =>
  on.verbs.promote({
    candidateDir: on.candidate(files),
    modelsDir: on.store,
    now: on.now,
    refreshIndex: false,
    ...how,
  })

const scored = (modelId: string, f1: number, over: Record<string, unknown> = {}): Files =>
  bundleFiles({ metadata: { model_id: modelId }, metrics: { macro_f1: f1, ...over } })

const there = async (on: Ground) => (await on.scanned()).map(({ modelId }) => modelId)

/** From a candidate to the active model. */
export const PROMOTING: readonly ConformanceCase[] = [
  conform(
    'promotes a first candidate',
    ['promoted', ['run-a', 1], ['run-a'], ['no_champion'], 'none'],
    async (on) => {
      const { outcome, warnings, champion } = await promote(on, scored('run-a', 0.8))
      return [outcome, await on.active(), await there(on), warnings.map(({ code }) => code), champion?.status]
    },
  ),
  conform(
    'promotes a candidate that is better than the champion, and records by how much',
    ['promoted', ['run-b', 2], '-0.05', 'promotion'],
    async (on) => {
      await promote(on, scored('run-a', 0.8))
      const { outcome, regression, switch: made } = await promote(on, scored('run-b', 0.85))
      return [
        outcome,
        await on.active(),
        regression?.drop,
        (made?.line.decision as { kind?: string } | undefined)?.kind,
      ]
    },
  ),
  conform(
    'publishes a candidate that is no worse by much, and leaves the champion',
    ['published', ['run-a', 1], ['run-a', 'run-b'], 'run-a'],
    async (on) => {
      await promote(on, scored('run-a', 0.8))
      const { outcome, activeModelId } = await promote(on, scored('run-b', 0.79))
      return [outcome, await on.active(), await there(on), activeModelId]
    },
  ),
  conform(
    'rejects a candidate at a gate with every reason, and keeps it',
    ['rejected', 'gate', 2, ['run-a'], []],
    async (on) => {
      const { outcome, rejection } = await promote(
        on,
        scored('run-a', 0.8, { acceptance_pass: false, min_class_precision: 0.1 }),
      )
      return [outcome, rejection?.stage, rejection?.reasons.length, on.rejected(), await there(on)]
    },
  ),
  conform(
    'rejects a candidate that is much worse than the champion',
    ['rejected', 'regression', ['run-a', 1], ['run-b']],
    async (on) => {
      await promote(on, scored('run-a', 0.8))
      const { outcome, rejection } = await promote(on, scored('run-b', 0.7))
      return [outcome, rejection?.stage, await on.active(), on.rejected()]
    },
  ),
  conform('rejects a candidate that does not fit', ['rejected', 'incompatible'], async (on) => {
    const { outcome, rejection } = await promote(on, scored('run-a', 0.8), {
      requirement: { schemas: [{ hash: 'other' }] },
    })
    return [outcome, rejection?.stage]
  }),
  conform(
    'rejects a candidate that fails its check, and publishes nothing of it',
    ['rejected', 'check', [], ['run-a']],
    async (on) => {
      const check = async () => ({ status: 'failed', code: 'self_test_failed', message: 'no' }) as const
      const { outcome, rejection } = await promote(on, scored('run-a', 0.8), { checks: { check } })
      return [outcome, rejection?.stage, await there(on), on.rejected()]
    },
  ),
  conform('rehearses a promotion without a trace', ['dry_run', true, 'absent', [], []], async (on) => {
    const { outcome, selection } = await promote(on, scored('run-a', 0.8), { dryRun: true })
    return [outcome, selection?.decision.switch, await on.active(), await there(on), on.rejected()]
  }),
  conform('rehearses a rejection without a trace', ['rejected', []], async (on) => {
    const { outcome } = await promote(on, scored('run-a', 0.8, { acceptance_pass: false }), { dryRun: true })
    return [outcome, on.rejected()]
  }),
  conform(
    'publishes the same content once, and goes on to the selection',
    ['promoted', 'already_published', ['run-a'], 1],
    async (on) => {
      await promote(on, scored('run-a', 0.8))
      const { outcome, warnings } = await promote(on, scored('run-a', 0.8))
      return [
        outcome,
        warnings.map(({ code }) => code).find((code) => code === 'already_published'),
        await there(on),
        on.lines().length,
      ]
    },
  ),
  conform('finds the same content under the id that was drawn for it', [true, 1], async (on) => {
    const files = bundleFiles()
    const first = await promote(on, files)
    const second = await promote(on, files)
    return [first.published?.modelId === second.published?.modelId, (await there(on)).length]
  }),
  conform('finishes a promotion that ended before its switch', ['promoted', ['run-a', 1]], async (on) => {
    const candidateDir = on.candidate(scored('run-a', 0.8))
    await on.verbs.publishBundle({ candidateDir, modelsDir: on.store, now: on.now })
    const { outcome } = await on.verbs.promote({ candidateDir, modelsDir: on.store, now: on.now })
    return [outcome, await on.active()]
  }),
  conform('rejects other content under an id that is taken', ['id_taken', ['run-a', 1], 0.8], async (on) => {
    await promote(on, scored('run-a', 0.8))
    const code = await codeOf(promote(on, scored('run-a', 0.85)))
    return [code, await on.active(), (await on.valid('run-a')).metrics.macro_f1]
  }),
  conform('compares with no champion that is damaged', ['champion_unusable', ['run-a']], async (on) => {
    await promote(on, scored('run-a', 0.8))
    const { read } = on
    if ((await read('run-a')).status === 'valid') on.put('run-a', { files: { 'metrics.json': '{' } })
    return [await codeOf(promote(on, scored('run-b', 0.85))), await there(on)]
  }),
  conform('goes past a damaged champion when told to', ['promoted', ['run-b', 2]], async (on) => {
    await promote(on, scored('run-a', 0.8))
    on.put('run-a', { files: { 'metrics.json': '{' } })
    const { outcome } = await promote(on, scored('run-b', 0.7), { ignoreChampion: true })
    return [outcome, await on.active()]
  }),
  conform('leaves a corrupt pointer as it is', ['pointer_corrupt', 'corrupt', []], async (on) => {
    await on.putPointer('{')
    return [await codeOf(promote(on, scored('run-a', 0.8))), await on.active(), await there(on)]
  }),
  conform(
    "takes over from another program's model, and adopts its pointer",
    ['promoted', ['run-b', 2], ['external', 'promotion']],
    async (on) => {
      on.putBundle('run-a', scored('run-a', 0.8))
      await on.putPointer(foreign('run-a'))
      const { outcome } = await promote(on, scored('run-b', 0.85))
      return [outcome, await on.active(), on.lines().map((line) => JSON.parse(line).source)]
    },
  ),
  conform(
    'switches to an older model that is better than the candidate',
    ['published', ['run-z', 1]],
    async (on) => {
      on.putBundle('run-z', scored('run-z', 0.85))
      const { outcome } = await promote(on, scored('run-a', 0.84))
      return [outcome, await on.active()]
    },
  ),
  race(
    'ends with the best active when several are promoted at once',
    [['run-4', 'published'], 4],
    async (on) => {
      await Promise.all([1, 2, 3, 4].map((n) => promote(on, scored(`run-${n}`, 0.8 + n / 1000))))
      const [id] = (await on.active()) as [string]
      return [[id, 'published'], (await there(on)).length]
    },
  ),
]
