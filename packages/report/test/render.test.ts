import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MOST_BYTES } from '../src/index.js'
import { modelOf, pageOf, reportOf, servingOf, sha256, switchOf, textOf } from './support.js'

describe('a page', () => {
  it('says what serves, since when, by whom, and by how much it is ahead', () => {
    const page = pageOf()
    const text = textOf(page)
    expect(page).toContain('<title>run-b serves · churn/models · model registry</title>')
    expect(text).toContain('Since 2026-03-02 00:00 UTC By ci How Promotion, revision 2 Replaced run-a')
    expect(text).toContain(
      'Rank today 1 of 2 eligible models Gain over the next 0.05 auc , 0.85 against 0.8 of run-a',
    )
    expect(text).toContain('Gates: 1 of 1 passed')
    expect(text).toContain('Ranks by auc higher is better')
  })

  it('allows its own style and script by digest, and nothing else', () => {
    const page = pageOf()
    const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(page) ?? []
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? []
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? []
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${sha256(style)}'; script-src 'sha256-${sha256(script)}'; img-src data:; base-uri 'none'; form-action 'none'`,
    )
    expect(page).not.toMatch(
      / style="| on\w+="|<link(?! rel="icon" href="data:,">)|src="|url\(|@import|https?:/,
    )
  })

  it('draws every metric over time and over switches, with titles on its points', () => {
    const page = pageOf()
    expect(page.match(/<svg class="plot"/g)).toHaveLength(2)
    expect(page).toContain('<title>run-b: 0.8500, 2026-03-09 00:00</title>')
    expect(page).toContain('<title>2. run-b: 0.8500, Promotion by ci, 2026-03-02 00:00</title>')
    expect(page).toContain('>model created, 2026 (UTC)</text>')
    expect(page).toContain('>switch (revision)</text>')
  })

  it('turns the arrow round where lower is better, and shows no classes of a regressor', () => {
    const page = pageOf({
      metrics: [{ name: 'rmse', order: 'asc', better: 'lower', bounds: [{ max: 5 }] }],
      models: [modelOf('run-b', { active: true, task: 'regression', metrics: { rmse: 4.125 } })],
    })
    expect(textOf(page)).toContain('rmse lower is better · gate ≤ 5')
    expect(page).toContain('(lower is better)')
    expect(page).not.toContain('id="classes"')
  })

  it('lists the classes of the model that serves, and marks the lowest', () => {
    const classes = [
      { label: 'stays', precision: 0.9, recall: 0.95, f1: 0.92, support: 1200 },
      { label: 'leaves', precision: 0.7, recall: 0.6, f1: 0.65, support: 90 },
    ]
    const page = pageOf({ serving: servingOf({ classes }) })
    expect(textOf(page)).toContain('leaves 0.700 lowest 0.600 lowest 0.650 lowest 90')
    expect(page.match(/<td class="bar"/g)).toHaveLength(3)
  })

  it('says that a classifier has no figures of classes', () => {
    expect(textOf(pageOf())).toContain('The metrics of run-b say nothing of single classes.')
  })

  it('shows the first reason of a model that is not eligible, and what a metric lacks', () => {
    const exclusion = { stage: 'metrics', code: 'metric_absent', message: 'has no auc; it has accuracy' }
    const models = [modelOf('run-c', { eligible: false, rank: null, exclusion, metrics: { auc: null } })]
    expect(textOf(pageOf({ models }))).toContain(
      'run-c 2026-03-01 00:00 none has no auc; it has accuracy metric_absent',
    )
  })
})

describe('the top of a page', () => {
  it('is silent where all is well', () => {
    expect(pageOf()).not.toContain('id="notice"')
  })

  it.each([
    [
      'says that there are no models',
      { models: [], history: [], serving: { state: 'absent', serves: null, active: null } },
      'No models yet',
    ],
    [
      'says that nothing was made active',
      {
        serving: {
          state: 'absent',
          problem: { code: 'no_pointer', message: 'there is no active.json' },
          active: null,
        },
      },
      'No model was made active There is no active.json. no_pointer Until one is, a program that resolves gets the best by the policy: run-b .',
    ],
    [
      'says that another serves in place of one that is missing',
      {
        serving: {
          state: 'missing',
          active: 'gone',
          problem: { code: 'active_bundle_missing', message: 'it is gone' },
        },
      },
      'Another model serves in its place It is gone. active_bundle_missing A program that resolves gets run-b .',
    ],
    [
      'says that nothing serves under a broken pointer',
      {
        serving: {
          state: 'broken',
          active: null,
          serves: null,
          switch: null,
          today: null,
          rival: null,
          problem: { code: 'pointer_corrupt', message: 'active.json cannot be used' },
          refusal: { code: 'pointer_corrupt', message: 'active.json cannot be used' },
        },
      },
      'Nothing serves Active.json cannot be used. pointer_corrupt A program that resolves is refused.',
    ],
    [
      'says what is odd about the history',
      { serving: {}, oddities: [{ code: 'torn_line', message: 'line 3 is torn' }] },
      'The history is odd Line 3 is torn. torn_line',
    ],
  ] as const)('%s', (_, { serving, ...over }, said) => {
    const page = pageOf({ ...over, serving: servingOf(serving as object) } as object)
    expect(textOf(page)).toContain(said)
    expect(page.indexOf('id="notice"')).toBeLessThan(page.indexOf('id="serving"'))
  })
})

describe('a large registry', () => {
  const many = (n: number, metrics: Readonly<Record<string, number>> = { auc: 0.8 }) =>
    Array.from({ length: n }, (_, i) =>
      modelOf(`2026-03-01_000000_run-${1000 + i}`, { rank: i + 1, metrics }),
    )
  const bytes = (page: string) => Buffer.byteLength(page)

  it('shows 200 models whole, in at most 300 kB', () => {
    const names = ['auc', 'log_loss', 'brier', 'accuracy', 'ece']
    const metrics = names.map((name) => ({
      name,
      order: 'desc' as const,
      better: 'higher' as const,
      bounds: [],
    }))
    const page = pageOf({
      metrics,
      models: many(200, Object.fromEntries(names.map((name, i) => [name, 0.8 + i / 100]))),
      history: Array.from({ length: 150 }, (_, i) =>
        switchOf(`run-${i}`, { line: 150 - i, revision: 150 - i }),
      ),
    })
    expect(page.match(/<tr>/g)).toHaveLength(201)
    expect(bytes(page)).toBeLessThanOrEqual(MOST_BYTES)
    expect(textOf(page)).toMatch(/\d+ older entries are not shown: taskclf model history has them all/)
  })

  it('counts the models that it leaves out, and shows the active one wherever it is', () => {
    const models = [...many(900), modelOf('run-b', { active: true, eligible: false, rank: null })]
    const page = pageOf({ models })
    expect(textOf(page)).toContain('701 more models are not shown: taskclf report --json has them all.')
    expect(page).toContain(
      '<tr class="active"><td class="num"></td><th scope="row"><bdi class="id">run-b</bdi>',
    )
  })

  it('stays small whatever its texts are', () => {
    const long = '\u202e<&"'.repeat(5000)
    const names = Array.from({ length: 40 }, (_, i) => `${i}${long}`)
    const page = pageOf({
      metrics: names.map((name) => ({ name, order: 'asc', better: 'lower', bounds: [{ max: 1 }] })),
      models: many(300).map((model) => ({
        ...model,
        model_id: `${'\u202e'.repeat(80)}${model.rank}`,
        description: long,
        eligible: false,
        exclusion: { stage: long, code: 'x', message: long },
        metrics: Object.fromEntries(names.map((name) => [name, 0.5])),
      })),
      history: Array.from({ length: 300 }, () =>
        switchOf('run-b', { note: long, actor: long, words: [long, long, long] }),
      ),
      serving: servingOf({ explanation: Array(50).fill(long) }),
    })
    expect(bytes(page)).toBeLessThanOrEqual(MOST_BYTES)
  })
})

it('draws figures of every size', () => {
  const value = fc.double({ noNaN: true, noDefaultInfinity: true })
  const instant = fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-30'), noInvalidDate: true })
    .map((date) => date.toISOString())
  fc.assert(
    fc.property(fc.array(fc.tuple(value, instant), { minLength: 1, maxLength: 8 }), (figures) => {
      const models = figures.map(([auc, at], i) =>
        modelOf(`run-${i}`, { metrics: { auc }, created_at_utc: at }),
      )
      const history = figures.map(([auc, at], i) => switchOf(`run-${i}`, { metrics: { auc }, at_utc: at }))
      const metrics = [
        { name: 'auc', order: 'desc', better: 'higher', bounds: [{ min: figures[0]?.[0] ?? 0 }] },
      ] as const
      const page = pageOf({ models, history, metrics: structuredClone(metrics) as never })
      const drawn = page.match(/<(?:circle|path|text)[^>]*>/g) ?? []
      expect(drawn.filter((each) => /NaN|Infinity/.test(each))).toEqual([])
    }),
    { numRuns: 100 },
  )
})

it('does not change what it is given', () => {
  const report = reportOf()
  const before = structuredClone(report)
  pageOf(report)
  expect(report).toEqual(before)
})
