import { join } from 'node:path'
import { readHistory } from '@taskclf/active-pointer'
import { describe, expect, it } from 'vitest'
import { promote } from '../src/index.js'
import { useProgram } from './children.js'
import { activeId, expectUnbrokenChain, expectWhole, place, scored, staged } from './support.js'

interface Answer {
  outcome?: string
  code?: string
  activeModelId?: string
}

const promoter = useProgram('promoter')

const start = (models: string, candidate: string, env: Record<string, string> = {}) =>
  promoter([models, candidate], env).said('ready')

describe('promotions at once, in processes of their own', () => {
  it('publishes both where the better one finishes first, and the pointer ends at the better', async () => {
    const { base, models } = place()
    await promote({ candidateDir: scored(base, 'run-0', 0.8), modelsDir: models })
    const slow = await start(models, scored(base, 'run-worse', 0.85), { PAUSE: 'switch' })
    slow.tell()
    await slow.said('decided')
    const fast = await start(models, scored(base, 'run-better', 0.9))
    fast.tell()
    expect(await fast.answer<Answer>()).toMatchObject({ outcome: 'promoted' })
    slow.tell()
    expect(await slow.answer<Answer>()).toMatchObject({ outcome: 'published', activeModelId: 'run-better' })
    expect(await expectWhole(models)).toEqual(['run-0', 'run-better', 'run-worse'])
    expect(activeId(models)).toBe('run-better')
    expect((await expectUnbrokenChain(models)).map((line) => line.new.model_id)).toEqual([
      'run-0',
      'run-better',
    ])
    expect((await readHistory(models)).warnings).toEqual([])
  })

  it('publishes both where the better one finishes last, and the pointer ends there, too', async () => {
    const { base, models } = place()
    const slow = await start(models, scored(base, 'run-better', 0.9), { PAUSE: 'switch' })
    slow.tell()
    await slow.said('decided')
    const fast = await start(models, scored(base, 'run-worse', 0.89))
    fast.tell()
    // It sees the better one published, and activates that.
    expect(await fast.answer<Answer>()).toMatchObject({ outcome: 'published', activeModelId: 'run-better' })
    slow.tell()
    expect(await slow.answer<Answer>()).toMatchObject({ outcome: 'promoted' })
    expect(activeId(models)).toBe('run-better')
    await expectUnbrokenChain(models)
  })

  it('publishes all six at once, the best is active, nothing is left over', async () => {
    const { base, models } = place()
    // All within the tolerance of the best, so that none is refused whoever comes first.
    const scores = [0.94, 0.945, 0.95, 0.948, 0.942, 0.931]
    const dirs = scores.map((score, i) => scored(base, `run-${i}`, score))
    const children = await Promise.all(dirs.map((dir) => start(models, dir)))
    for (const child of children) child.tell()
    const answers = await Promise.all(children.map((child) => child.answer<Answer>()))
    for (const { outcome } of answers) expect(['promoted', 'published']).toContain(outcome)
    expect(await expectWhole(models)).toHaveLength(6)
    expect(activeId(models)).toBe('run-2')
    await expectUnbrokenChain(models)
    expect(staged(models)).toEqual([])
  })

  it('publishes one of two with one id, and reports it to the other', async () => {
    const { base, models } = place()
    const dirs = [0.9, 0.91].map((score) => scored(join(base, String(score)), 'run-1', score))
    const children = await Promise.all(dirs.map((dir) => start(models, dir)))
    for (const child of children) child.tell()
    const answers = await Promise.all(children.map((child) => child.answer<Answer>()))
    expect(answers.map(({ outcome, code }) => outcome ?? code).sort()).toEqual(['id_taken', 'promoted'])
    expect(await expectWhole(models)).toEqual(['run-1'])
  })

  it('publishes one of two of the same files, and both end well', async () => {
    const { base, models } = place()
    const dirs = ['a', 'b'].map((name) => scored(join(base, name), 'run-1', 0.9))
    const children = await Promise.all(dirs.map((dir) => start(models, dir)))
    for (const child of children) child.tell()
    const answers = await Promise.all(children.map((child) => child.answer<Answer>()))
    expect(answers.map(({ outcome, code }) => outcome ?? code)).toEqual(['promoted', 'promoted'])
    expect(await expectWhole(models)).toEqual(['run-1'])
    await expectUnbrokenChain(models)
  })
})
