// The churn example: what its README says of it, and that its script makes it.
import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadPredictor, runSelfTest } from '@taskclf/predictor'
import { readBundle } from '@taskclf/registry-core'
import { runCli, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { openRig, pathWith, RIGS } from '../../scripts/rig.mjs'

const CHURN = fileURLToPath(new URL('../../examples/churn', import.meta.url))
const IDS = ['churn-2026-01', 'churn-2026-02', 'churn-2026-03', 'churn-2026-04']

function copyOfChurn(): string {
  const dir = scratchDir()
  cpSync(CHURN, dir, { recursive: true })
  return dir
}

it.each(IDS)('answers as LightGBM does with %s', async (id) => {
  const bundle = await readBundle(join(CHURN, 'models', id))
  if (bundle.status !== 'valid') throw new Error(bundle.problems.map(({ message }) => message).join('; '))
  expect(bundle.warnings).toEqual([])
  const predictor = await loadPredictor(bundle)
  await runSelfTest(predictor, bundle)
  expect(predictor.notes).toEqual([])
})

it('ranks three and refuses the newest for its log_loss, with the figures of its README', async () => {
  const { code, stdout } = await runCli(['model', 'select', '--json'], { cwd: copyOfChurn() })
  expect(code).toBe(0)
  const { report } = JSON.parse(stdout)
  expect(report.best).toBe('churn-2026-03')
  expect(report.ranked.map(({ model_id }: { model_id: string }) => model_id)).toEqual(
    ['03', '02', '01'].map((month) => `churn-2026-${month}`),
  )
  expect(report.excluded).toMatchObject([
    { model_id: 'churn-2026-04', stage: 'gate', reasons: [{ code: 'above_max', metric: 'log_loss' }] },
  ])
  const readme = readFileSync(join(CHURN, 'README.md'), 'utf8')
  for (const id of IDS) {
    const metrics = JSON.parse(readFileSync(join(CHURN, 'models', id, 'metrics.json'), 'utf8'))
    expect(readme).toMatch(
      new RegExp(`\`${id}\` .*\\| ${metrics.auc.toFixed(4)} \\| ${metrics.log_loss.toFixed(4)} \\|`),
    )
  }
})

it('has customers without logins in its rows, and in its self-tests', () => {
  const rows = readFileSync(join(CHURN, 'rows.csv'), 'utf8').trim().split('\n')
  expect(rows).toHaveLength(101)
  expect(rows.filter((row) => row.includes(',,,')).length).toBeGreaterThan(5)
  for (const id of IDS)
    expect(readFileSync(join(CHURN, 'models', id, 'self_test.json'), 'utf8')).toContain('"logins_30d": null')
})

it('is small', () => {
  const sizes = readdirSync(CHURN, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000)
})

it('is what its script makes', ({ skip }) => {
  const rig = openRig(RIGS.lightgbm)
  if (rig.dir === undefined) return skip(`rig lightgbm: ${rig.why}`)
  const dir = scratchDir()
  const env = { ...process.env, PATH: pathWith(rig.dir), PYTHONDONTWRITEBYTECODE: '1' }
  const { status, stderr } = spawnSync('python3', [join(CHURN, 'make_models.py'), dir], {
    encoding: 'utf8',
    env,
  })
  expect([status, stderr]).toEqual([0, ''])
  const made = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(made).toHaveLength(4 * 5 + 1)
  for (const entry of made) {
    const path = join(entry.parentPath, entry.name)
    expect(readFileSync(path, 'utf8'), path).toBe(
      readFileSync(join(CHURN, path.slice(dir.length + 1)), 'utf8'),
    )
  }
})
