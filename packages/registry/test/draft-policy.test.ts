import { findBestModel } from '@taskclf/infer-resolver'
import { firstRankMetric, metricValue, type Policy, type RankOrder } from '@taskclf/selection-policy'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPolicy, type DraftPolicyOptions, draftPolicy, listMetrics } from '../src/index.js'
import { type MemoryStore, memoryStore } from '../src/memory.js'

type Figures = Readonly<Record<string, unknown>>

/** A registry of models with these metrics, named m0, m1, …, of which one may be active. */
function registryOf(models: readonly Figures[], active?: number): MemoryStore {
  const files = models.map((metrics, i) => [
    `m${i}`,
    {
      'metadata.json': { created_at: `2026-01-0${i + 1}T00:00:00Z`, schema_hash: i === 3 ? 'b' : 'a' },
      'metrics.json': metrics,
      'model.txt': 'tree',
    },
  ])
  const store = memoryStore(Object.fromEntries(files))
  if (active !== undefined) store.putPointer(pointerTo(`m${active}`))
  return store
}

const pointerTo = (id: string) => ({
  model_id: id,
  model_dir: `models/${id}`,
  selected_at: '2026-02-01T00:00:00+00:00',
  policy_version: 1,
  reason: { metric: 'auc' },
})

async function drafted(store: MemoryStore | undefined, options?: DraftPolicyOptions) {
  const { parsed, notes } = await draftPolicy(store, options)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.violations))
  return { policy: parsed.policy, codes: notes.map(({ code }) => code), notes }
}

const ranked = ({ rank_by }: Policy) =>
  rank_by.map((key) => ('metric' in key ? `${key.metric} ${key.order}` : key.field))

describe('a policy over the metrics that the models share', () => {
  it('ranks by what most of them have and whose name says which value is better', async () => {
    const churn = { latency: 4, auc: 0.8, log_loss: 0.4, train_auc: 0.99 }
    const { policy, codes } = await drafted(registryOf([churn, churn, { ...churn, f1: 0.7 }]))
    expect(ranked(policy)).toEqual(['auc desc', 'log_loss asc', 'created_at'])
    expect(policy.gates).toEqual([])
    expect(codes).toEqual(['ranking', 'ranking', 'no_gates', 'tolerance'])
  })

  it.each<[string, Figures[], string[]]>([
    [
      'the seed contract',
      [{ macro_f1: 0.8, weighted_f1: 0.9, auc: 1 }],
      ['macro_f1 desc', 'weighted_f1 desc'],
    ],
    [
      'a regressor',
      [
        { r2: 0.4, rmse: 5 },
        { rmse: 4, mae: 3 },
      ],
      ['rmse asc'],
    ],
    ['what is nested', [{ test: { rmse: 5 } }], ['test.rmse asc']],
    ['no second metric that some lack', [{ auc: 1 }, { auc: 1, f1: 1 }, { auc: 1 }], ['auc desc']],
    [
      'a figure of the training data last',
      [{ train: { auc: 1 }, val: { auc: 0.9 } }],
      ['val.auc desc', 'train.auc desc'],
    ],
    ['what a larger negated loss means', [{ neg_log_loss: -0.3 }], ['neg_log_loss desc']],
  ])('finds %s', async (_, models, expected) => {
    expect(ranked((await drafted(registryOf(models))).policy)).toEqual([...expected, 'created_at'])
  })

  it('takes the newest where no name says which value is better, and warns', async () => {
    const { policy, notes } = await drafted(registryOf([{ gain: 3 }, { gain: 4, runs: [1] }]))
    expect(policy).toEqual({
      version: 1,
      gates: [],
      rank_by: [{ field: 'created_at', order: 'desc' }],
      same_eval_dataset: false,
    })
    expect(notes[0]).toMatchObject({ level: 'warning', code: 'order_unknown' })
    expect(notes[0]?.message).toContain('--metric gain')
    const unnamed = await drafted(registryOf([{ runs: [1] }]))
    expect(ranked(unnamed.policy)).toEqual(['created_at'])
  })

  it('writes gates at what the active model reaches less what is little in the metric', async () => {
    const models = [{ auc: 0.913, rmse: 48 }]
    const { policy, notes } = await drafted(registryOf(models, 0))
    expect(policy.gates).toEqual([
      { metric: 'auc', min: 0.893 },
      { metric: 'rmse', max: 49 },
    ])
    expect(policy.regression_tolerance).toBe(0.02)
    const said = notes.map(({ message }) => message).join('\n')
    expect(said).toContain('2 % of the 0.913 of m0')
    expect(said).toContain('rmse <= 49')
  })

  it('keeps the bounds of fractions between 0 and 1', async () => {
    const { policy } = await drafted(registryOf([{ macro_f1: 0.01, weighted_f1: 0.5 }], 0))
    expect(policy.gates).toEqual([
      { metric: 'macro_f1', min: 0 },
      { metric: 'weighted_f1', min: 0.48 },
    ])
  })

  it('writes no gate that no number can state, and none where the active model has no figure', async () => {
    const huge = await drafted(registryOf([{ rmse: 1.79e308 }], 0))
    expect(huge.policy.gates).toEqual([])
    expect(huge.codes).toContain('no_gates')
    const other = await drafted(registryOf([{ gain: 1 }, { auc: 1 }, { auc: 1 }], 0))
    expect([other.policy.gates, ranked(other.policy)]).toEqual([[], ['auc desc', 'created_at']])
  })

  it('takes a pointer that cannot be read for no active model', async () => {
    const store = registryOf([{ auc: 0.9 }])
    store.putPointer('{')
    expect((await drafted(store)).policy.gates).toEqual([])
  })

  it('looks at the models that fit what is required, at all where none does', async () => {
    const store = registryOf([{ auc: 1 }, { auc: 1 }, { auc: 1 }, { rmse: 1 }], 0)
    const fitting = await drafted(store, { requirement: { schemas: [{ hash: 'b' }] } })
    expect(ranked(fitting.policy)).toEqual(['rmse asc', 'created_at'])
    const none = await drafted(store, { requirement: { schemas: [{ hash: 'c' }] } })
    expect(ranked(none.policy)).toEqual(['auc desc', 'created_at'])
    expect(none.notes.at(-1)).toMatchObject({ level: 'warning', code: 'no_eligible_model' })
  })

  it('is refused where there is no valid model', async () => {
    await expect(draftPolicy(undefined)).rejects.toMatchObject({ code: 'no_models' })
    await expect(draftPolicy(registryOf([{}]))).rejects.toMatchObject({ code: 'no_models' })
  })

  it('is accepted by the check, and somebody is eligible under it, whatever the models have', async () => {
    const figure = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom('0.9', null, true),
    )
    const name = fc.constantFrom(
      'auc',
      'rmse',
      'log_loss',
      'macro_f1',
      'gain',
      'a.f1',
      'train_auc',
      '',
      '__proto__',
    )
    const metrics = fc.dictionary(name, fc.oneof(figure, fc.dictionary(name, figure, { maxKeys: 2 })), {
      maxKeys: 4,
    })
    const scene = fc.record({
      models: fc.array(metrics, { maxLength: 4 }),
      active: fc.option(fc.nat(3), { nil: undefined }),
    })
    await fc.assert(
      fc.asyncProperty(scene, async ({ models, active }) => {
        await using store = registryOf(models, active)
        const before = await findBestModel(store, { ...NEWEST })
        if (before.ranked.length === 0) {
          await expect(draftPolicy(store)).rejects.toMatchObject({ code: 'no_models' })
          return
        }
        const { policy } = await drafted(store)
        expect((await checkPolicy(policy, store)).violations).toEqual([])
        const { ranked: eligible } = await findBestModel(store, policy)
        expect(eligible.length).toBeGreaterThan(0)
        const first = firstRankMetric(policy)?.metric
        for (const { bundle } of eligible)
          if (first !== undefined) expect(typeof metricValue(bundle, first)).toBe('number')
      }),
      { numRuns: 150 },
    )
  })
})

const NEWEST: Policy = {
  version: 1,
  gates: [],
  rank_by: [{ field: 'created_at', order: 'desc' }],
  same_eval_dataset: false,
}

describe('a policy over a metric that is named', () => {
  const auc = { metric: 'auc', order: 'desc' as RankOrder }

  it('has the gates that are asked for, and no others', async () => {
    const store = registryOf([{ auc: 0.8, rmse: 2 }], 0)
    const gates = ['auc >= 0.7', ' rmse<=5 ', 'acceptance_pass = true', 'region == eu', 'tag = "1"']
    const { policy, codes } = await drafted(store, { metric: auc, gates })
    expect(policy.gates).toEqual([
      { metric: 'auc', min: 0.7 },
      { metric: 'rmse', max: 5 },
      { metric: 'acceptance_pass', equals: true },
      { metric: 'region', equals: 'eu' },
      { metric: 'tag', equals: '1' },
    ])
    expect(ranked(policy)).toEqual(['auc desc', 'created_at'])
    expect(codes).toContain('no_eligible_model')
    const bare = await drafted(store, { metric: auc })
    expect([bare.policy.gates, bare.codes]).toEqual([[], ['ranking', 'no_gates', 'tolerance']])
  })

  it('takes gates beside a ranking over the models', async () => {
    const { policy } = await drafted(registryOf([{ auc: 0.8 }], 0), { gates: ['auc >= 0.5'] })
    expect([ranked(policy), policy.gates]).toEqual([
      ['auc desc', 'created_at'],
      [{ metric: 'auc', min: 0.5 }],
    ])
  })

  it.each(['auc', 'auc > 0.7', 'auc => 0.7', '>= 0.7', 'auc >=', 'auc >= much', ''])(
    'refuses %j as a gate',
    async (gate) => {
      await expect(draftPolicy(undefined, { metric: auc, gates: [gate] })).rejects.toMatchObject({
        code: 'invalid_gate',
        details: { gate },
      })
    },
  )

  it('returns what is wrong with a gate that no fraction can pass', async () => {
    const { parsed } = await draftPolicy(undefined, { metric: auc, gates: ['macro_f1 >= 5'] })
    expect(parsed).toMatchObject({ ok: false, violations: [{ at: 'gates[0].min' }] })
  })

  it('is refused where models are there and none has it, with the nearest or with what they have', async () => {
    const store = registryOf([{ auc: 0.8, loss: 1 }])
    const refusal = (metric: string) => draftPolicy(store, { metric: { metric, order: 'desc' } })
    await expect(refusal('acu')).rejects.toMatchObject({ code: 'metric_absent', message: /did you mean auc/ })
    await expect(refusal('zzz')).rejects.toMatchObject({ message: /they have auc, loss/ })
    const numberless = registryOf([{ runs: [1] }])
    await expect(draftPolicy(numberless, { metric: auc })).rejects.toMatchObject({ message: /no number/ })
  })

  it('tolerates nothing worse where there is no model to measure by, but of a fraction of the contract', async () => {
    expect((await drafted(undefined, { metric: auc })).policy.regression_tolerance).toBe(0)
    const f1 = { metric: 'macro_f1', order: 'desc' as RankOrder }
    expect((await drafted(undefined, { metric: f1 })).policy.regression_tolerance).toBe(0.02)
  })

  it('warns where the order contradicts the name', async () => {
    const { notes } = await drafted(undefined, { metric: { metric: 'rmse', order: 'desc' } })
    expect(notes).toContainEqual(
      expect.objectContaining({ level: 'warning', code: 'order_contradicts_name' }),
    )
    const up = await drafted(undefined, { metric: { metric: 'auc', order: 'asc' } })
    expect(up.codes).toContain('order_contradicts_name')
  })
})

it('lists the numbers of the models, the most frequent first', async () => {
  const store = registryOf([{ auc: 1, per: { auc: 1 } }, { loss: 1, auc: 1, note: 'x' }, {}])
  expect(await listMetrics(store)).toEqual([
    { metric: 'auc', have: 2, of: 2 },
    { metric: 'loss', have: 1, of: 2 },
    { metric: 'per.auc', have: 1, of: 2 },
  ])
})
