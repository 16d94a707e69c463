import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { predictorChecks } from '@taskclf/predictor'
import { promote } from '@taskclf/promotion'
import { POLICY_PRESETS } from '@taskclf/selection-policy'
import { demoDir, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { openRig, pathWith, RIGS } from '../../scripts/rig.mjs'

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../examples/python')
const MODEL = join(demoDir, 'models/2026-03-02_031009_run-8935/model.txt')

/** Runs a script that has `write_bundle`, in a directory of its own. */
function python(cwd: string, script: string, env: Record<string, string> = {}) {
  const text = `import os\nfrom write_bundle import write_bundle\n${script}`
  return spawnSync('python3', ['-c', text], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: FOLDER, PYTHONDONTWRITEBYTECODE: '1', ...env },
  })
}

function place() {
  const dir = scratchDir()
  mkdirSync(join(dir, 'models'))
  return dir
}

const promoted = (dir: string) =>
  promote({
    candidateDir: join(dir, 'candidate'),
    modelsDir: join(dir, 'models'),
    policy: POLICY_PRESETS.latest,
    checks: predictorChecks(),
  })

it('writes a candidate that a promotion accepts', async () => {
  const dir = place()
  const { status, stderr } = python(
    dir,
    `write_bundle("candidate", ${JSON.stringify(MODEL)}, {"auc": 0.8}, {"created_at": "2026-03-01T00:00:00Z"})`,
  )
  expect([status, stderr]).toEqual([0, ''])
  expect(readdirSync(join(dir, 'candidate')).sort()).toEqual(['metadata.json', 'metrics.json', 'model.txt'])
  expect(readdirSync(dir).sort()).toEqual(['candidate', 'models'])
  expect((await promoted(dir)).outcome).toBe('promoted')
})

it('names a model file of another name in artifacts', () => {
  const dir = place()
  writeFileSync(join(dir, 'net.onnx'), 'x')
  python(
    dir,
    'write_bundle("candidate", "net.onnx", {"auc": 0.8}, {"created_at": "2026-03-01"}, encoders={"plan": ["a"]})',
  )
  expect(JSON.parse(readFileSync(join(dir, 'candidate/metadata.json'), 'utf8'))).toEqual({
    artifacts: ['net.onnx'],
    created_at: '2026-03-01',
  })
  expect(existsSync(join(dir, 'candidate/categorical_encoders.json'))).toBe(true)
})

it.each([
  ['without metrics', '{}', '{"created_at": "2026-03-01"}', 'ValueError'],
  ['without a time', '{"auc": 0.8}', '{}', 'ValueError'],
  [
    'with a number that JSON has no place for',
    '{"auc": float("nan")}',
    '{"created_at": "2026-03-01"}',
    'ValueError',
  ],
])('writes nothing %s', (_, metrics, metadata, error) => {
  const dir = place()
  const { stderr } = python(
    dir,
    `write_bundle("candidate", ${JSON.stringify(MODEL)}, ${metrics}, ${metadata})`,
  )
  expect(stderr).toContain(error)
  expect(readdirSync(dir)).toEqual(['models'])
})

it('replaces nothing that is there', () => {
  const dir = place()
  mkdirSync(join(dir, 'candidate'))
  const { stderr } = python(
    dir,
    `write_bundle("candidate", ${JSON.stringify(MODEL)}, {"auc": 0.8}, {"created_at": "2026-03-01"})`,
  )
  expect(stderr).toContain('FileExistsError')
  expect(readdirSync(join(dir, 'candidate'))).toEqual([])
})

it('leaves no candidate when it is killed', () => {
  const dir = place()
  const script = `os.rename = lambda *_: os.kill(os.getpid(), 9)
write_bundle("candidate", ${JSON.stringify(MODEL)}, {"auc": 0.8}, {"created_at": "2026-03-01"})`
  expect(python(dir, script).signal).toBe('SIGKILL')
  expect(readdirSync(dir)).not.toContain('candidate')
})

const rig = openRig(RIGS.lightgbm)
it.skipIf(rig.dir === undefined)(
  'writes what LightGBM trained, with a self-test that the promotion passes',
  async () => {
    const dir = place()
    const script = `import lightgbm, numpy
rows = numpy.random.default_rng(1).normal(size=(400, 3))
names = ["age", "fee", "logins"]
left = (rows[:, 0] + rows[:, 1] > 0).astype(int)
data = lightgbm.Dataset(rows, left, feature_name=names)
booster = lightgbm.train({"objective": "binary", "verbose": -1, "num_threads": 1}, data, 10)
booster.save_model("model.txt")
scores = booster.predict(rows)
test = {"version": 1, "rows": [dict(zip(names, row)) for row in rows[:8].tolist()], "expected": [[1 - p, p] for p in scores[:8].tolist()], "tolerance": 1e-9}
write_bundle("candidate", "model.txt", {"accuracy": float(((scores > 0.5) == left).mean())}, {"created_at": "2026-03-01", "label_set": ["stays", "leaves"]}, test)`
    const { stderr, status } = python(dir, script, { PATH: pathWith(rig.dir as string) })
    expect([status, stderr]).toEqual([0, ''])
    const result = await promoted(dir)
    expect([result.outcome, result.checks?.status]).toEqual(['promoted', 'passed'])
  },
)
