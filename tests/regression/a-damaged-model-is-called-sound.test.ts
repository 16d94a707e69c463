import { cpSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyDemoModels, demoDir, runCli, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'

const BEST = '2026-03-02_031009_run-8935'
const SECOND = '2026-02-16_031012_run-2286'
const THIRD = '2026-01-19_031044_run-0409'

function edit(path: string, change: (text: string) => string): void {
  const text = readFileSync(path, 'utf8')
  const changed = change(text)
  expect(changed).not.toBe(text)
  writeFileSync(path, changed)
}

/** One digit of one leaf: the size stays. */
const otherLeaf = (dir: string) =>
  edit(join(dir, 'model.txt'), (text) =>
    text.replace(/^(leaf_value=-?\d\.\d*?)(\d)(?=\D)/m, (_, head, digit) => head + (9 - Number(digit))),
  )
const otherFigures = (dir: string) => edit(join(dir, 'metrics.json'), (text) => `${text}\n`)
const halfAModel = (dir: string) => truncateSync(join(dir, 'model.txt'), 60_000)

/** The demo's models, with a candidate of the second best beside them. */
function place() {
  const dir = scratchDir()
  const models = copyDemoModels(dir)
  const candidate = join(dir, 'candidates', 'good-1')
  mkdirSync(join(dir, 'candidates'))
  cpSync(join(models, SECOND), candidate, { recursive: true })
  edit(join(candidate, 'metadata.json'), (text) =>
    JSON.stringify({ ...JSON.parse(text), model_id: 'good-1', created_at: '2026-04-06T03:10:00Z' }),
  )
  const schema = ['--feature-schema', join(demoDir, 'feature-schema.json')]
  const run = async (...args: string[]) => {
    const { code, stdout } = await runCli([...args, '--models-dir', models, '--json'], { cwd: dir })
    return { code, json: JSON.parse(stdout) }
  }
  const pointer = () => readFileSync(join(models, 'active.json'), 'utf8')
  const at = (id: string) => join(models, id)
  const promote = (...more: string[]) => run('train', 'promote', candidate, ...schema, ...more)
  const select = () => run('model', 'select', '--activate', ...schema)
  const activate = (id: string) => run('model', 'set-active', '--model-id', id)
  return { dir, models, candidate, run, pointer, at, promote, select, activate }
}

describe('a candidate that was published before, and is damaged there', () => {
  it.each([[['--dry-run']], [[]]])('is refused, not called promoted: %j', async (more) => {
    const { at, pointer, promote } = place()
    await promote('--ignore-champion')
    const before = pointer()
    otherLeaf(at('good-1'))
    const { code, json } = await promote(...more)
    expect(code).toBe(1)
    expect(json).toMatchObject({
      outcome: 'rejected',
      rejection: { stage: 'check', code: 'integrity_mismatch' },
    })
    expect(json.rejection.reasons[0].message).toMatch(/good-1.*--again/s)
    expect(pointer()).toBe(before)
  })

  it('finishes a whole one as before', async () => {
    const { promote } = place()
    await promote('--ignore-champion')
    expect(await promote()).toMatchObject({ code: 0, json: { checks: { status: 'passed' } } })
  })
})

describe.each([
  ['of another digest than was activated', otherFigures, 'integrity_mismatch'],
  ['that does not load', halfAModel, 'load_failed'],
])('an active model %s', (_, damage, found) => {
  /** Activated as it is, or damaged before anybody tried it, as the Python project would. */
  async function broken(id: string) {
    const all = place()
    await all.activate(id)
    if (found === 'load_failed') edit(join(all.models, 'active.json'), withoutDigest)
    damage(all.at(id))
    return all
  }

  it('is not a champion to compare with, except on request', async () => {
    const { at, pointer, promote } = await broken(THIRD)
    const before = pointer()
    for (const more of [['--dry-run'], []]) {
      const { code, json } = await promote(...more)
      expect([code, json.error.code, json.error.details.code]).toEqual([1, 'champion_unusable', found])
      expect([pointer(), existsSync(at('good-1'))]).toEqual([before, false])
    }
    const past = await promote('--ignore-champion')
    expect(past).toMatchObject({ code: 0, json: { selection: { code: 'incumbent_ineligible' } } })
  })

  it('is replaced by a selection, which says why', async () => {
    const { select } = await broken(THIRD)
    const { code, json } = await select()
    expect(code).toBe(0)
    expect(json).toMatchObject({
      decision: { code: 'incumbent_ineligible', incumbent: THIRD },
      activated: { model_id: BEST },
    })
    expect(json.decision.message).toContain(found)
  })

  it('is not called active already where it is the best', async () => {
    const { pointer, select, promote } = await broken(BEST)
    const before = pointer()
    const { code, json } = await select()
    expect([code, json.error.code]).toEqual([1, found])
    const past = await promote('--ignore-champion', '--dry-run')
    expect([past.code, past.json.error.code]).toEqual([1, found])
    expect(pointer()).toBe(before)
  })
})

/** Of another program: nothing was recorded, so that only trying it shows the damage. */
function withoutDigest(text: string): string {
  const { bundle_digest: _, ...pointer } = JSON.parse(text)
  return JSON.stringify(pointer)
}

it('tries in a dry run the model that would be switched to, when it is not the candidate', async () => {
  const { at, activate, promote, pointer } = place()
  await activate(THIRD)
  halfAModel(at(BEST))
  const before = pointer()
  const rehearsed = await promote('--dry-run')
  expect([rehearsed.code, rehearsed.json.error?.code]).toEqual([1, 'load_failed'])
  expect(existsSync(at('good-1'))).toBe(false)
  const real = await promote()
  expect([real.code, real.json.error?.code]).toEqual([1, 'load_failed'])
  expect(pointer()).toBe(before)
})
