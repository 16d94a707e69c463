import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { predictorChecks } from '@taskclf/predictor'
import { promote } from '@taskclf/promotion'
import { POLICY_PRESETS } from '@taskclf/selection-policy'
import { demoDir, runCli, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { openRig, pathWith, RIGS } from '../../scripts/rig.mjs'
import { ROOT } from '../docs/code-blocks.js'

const FOLDER = join(ROOT, 'examples/python')
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

/** Promotes the candidate with the built program, to which `@taskclf/onnx` is installed. */
async function promoteByProgram(dir: string) {
  mkdirSync(join(dir, 'node_modules/@taskclf'), { recursive: true })
  symlinkSync(join(ROOT, 'packages/onnx'), join(dir, 'node_modules/@taskclf/onnx'))
  const args = ['train', 'promote', 'candidate', '--policy', 'latest', '--json']
  const { code, stdout } = await runCli(args, { cwd: dir })
  const { outcome, checks } = JSON.parse(stdout)
  return [code, outcome, checks?.status]
}

const PROMOTED = [0, 'promoted', 'passed']

const ROWS = `import numpy
rows = numpy.random.default_rng(1).normal(size=(400, 3)).astype("float32")
FEATURES = ["age", "fee", "logins"]
left = (rows[:, 0] + rows[:, 1] > 0).astype(int)
metadata = {"created_at": "2026-03-01", "label_set": ["stays", "leaves"]}
def tested(scores, tolerance):
    named = [dict(zip(FEATURES, row)) for row in rows[:8].astype(float).tolist()]
    return {"version": 1, "rows": named, "expected": [[1 - p, p] for p in scores[:8].astype(float).tolist()], "tolerance": tolerance}
def accuracy(scores): return {"accuracy": float(((scores > 0.5) == left).mean())}
`

it('writes what LightGBM trained, with a self-test that the promotion passes', async ({ skip }) => {
  const rig = openRig(RIGS.lightgbm)
  if (rig.dir === undefined) return skip(`rig lightgbm: ${rig.why}`)
  const dir = place()
  const script = `${ROWS}import lightgbm
booster = lightgbm.train({"objective": "binary", "verbose": -1, "num_threads": 1}, lightgbm.Dataset(rows, left, feature_name=FEATURES), 10)
booster.save_model("model.txt")
scores = booster.predict(rows)
write_bundle("candidate", "model.txt", accuracy(scores), metadata, tested(scores, 1e-9))`
  const { stderr, status } = python(dir, script, { PATH: pathWith(rig.dir) })
  expect([status, stderr]).toEqual([0, ''])
  expect(await promoteByProgram(dir)).toEqual(PROMOTED)
})

it.for([
  [
    'scikit-learn',
    `from skl2onnx import to_onnx
from sklearn.linear_model import LogisticRegression
classifier = LogisticRegression().fit(rows, left)
onx = to_onnx(classifier, rows[:1], options={"zipmap": False})`,
  ],
  [
    'XGBoost',
    `from onnxmltools import convert_xgboost
from onnxmltools.convert.common.data_types import FloatTensorType
from xgboost import XGBClassifier
classifier = XGBClassifier(n_estimators=10, max_depth=3, n_jobs=1).fit(rows, left)
onx = convert_xgboost(classifier, initial_types=[("input", FloatTensorType([None, len(FEATURES)]))])`,
  ],
])(
  'writes what %s trained, as ONNX, with a self-test that the promotion passes',
  async ([, made], { skip }) => {
    const rig = openRig(RIGS.converters)
    if (rig.dir === undefined) return skip(`rig converters: ${rig.why}`)
    const dir = place()
    const script = `${ROWS}${made}
open("model.onnx", "wb").write(onx.SerializeToString())
scores = classifier.predict_proba(rows)[:, 1]
write_bundle("candidate", "model.onnx", accuracy(scores), {**metadata, "feature_names": FEATURES}, tested(scores, 1e-5))`
    const { stderr, status } = python(dir, script, { PATH: pathWith(rig.dir) })
    expect([status, status === 0 ? '' : stderr]).toEqual([0, ''])
    expect(await promoteByProgram(dir)).toEqual(PROMOTED)
  },
)
