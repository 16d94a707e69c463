import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { loadPredictor, runSelfTest } from '@taskclf/predictor'
import { readBundle } from '@taskclf/registry-core'
import { checkCandidateGates, DEFAULT_POLICY } from '@taskclf/selection-policy'
import { scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { openRig, pathWith, RIGS } from '../../scripts/rig.mjs'
import { importTrainer, makeWindows, PYTHON_TRAINER, SCHEMA, train, writeSpec } from './example-trainers.js'

const FOLDER = dirname(PYTHON_TRAINER)
const QUIET = { PYTHONDONTWRITEBYTECODE: '1' }
const python = (args: string[], env: Record<string, string> = {}) =>
  spawnSync('python3', args, { encoding: 'utf8', env: { ...process.env, ...QUIET, ...env } })

/**
 * Stands in for LightGBM and numpy so that the whole of train.py runs without them: its "model" is the share of each
 * label, as trees of one leaf.
 */
const STAND_IN = `
import math
class Dataset:
    def __init__(self, rows, label, feature_name, categorical_feature, params):
        assert len(rows) == len(label) and categorical_feature == [0, 1] and len(feature_name) == 16
        self.names = feature_name
        self.shares = [label.count(k) / len(label) for k in range(params["num_class"])]
class State:
    def __init__(self, iteration, end): self.iteration, self.end_iteration = iteration, end
class Booster:
    def __init__(self, data): self.data = data
    def predict(self, rows): return [self.data.shares for _ in rows]
    def model_to_string(self):
        k, names = len(self.data.shares), self.data.names
        trees = [f"Tree={i}\\nnum_leaves=1\\nnum_cat=0\\nleaf_value={math.log(p)!r}\\nshrinkage=1\\n\\n\\n" for i, p in enumerate(self.data.shares)]
        return (f"tree\\nversion=v4\\nnum_class={k}\\nnum_tree_per_iteration={k}\\nlabel_index=0\\nmax_feature_idx={len(names) - 1}\\n"
                f"objective=multiclass num_class:{k}\\nfeature_names={' '.join(names)}\\nfeature_infos={' '.join('none' for _ in names)}\\n"
                f"tree_sizes={' '.join(str(len(tree)) for tree in trees)}\\n\\n{''.join(trees)}end of trees\\n")
def train(params, data, num_boost_round, callbacks):
    for i in range(num_boost_round):
        for callback in callbacks: callback(State(i, num_boost_round))
    return Booster(data)
`

async function windows(dir: string) {
  return {
    train: await makeWindows(join(dir, 'train.csv'), { rows: 3000, seed: 1 }),
    eval: await makeWindows(join(dir, 'eval.csv'), { rows: 2000, seed: 1000 }),
    schema: SCHEMA,
  }
}

async function trainPython(env: Record<string, string>) {
  const dir = scratchDir()
  const spec = {
    command: 'python3',
    args: [PYTHON_TRAINER],
    params: { num_rounds: 30 },
    env: { ...QUIET, ...env },
  }
  const run = await train(dir, { ...spec, data: await windows(dir) })
  const bundle = await readBundle(run.bundleDir, { promoted: false })
  return { ...run, bundle }
}

it('passes its own tests', () => {
  const { status, stderr } = python(['-m', 'unittest', 'discover', FOLDER])
  expect(stderr).toMatch(/Ran [1-9]\d* tests/)
  expect(status).toBe(0)
})

it('trains with LightGBM a good model', async ({ skip }) => {
  const { dir, why } = openRig(RIGS.lightgbm)
  if (dir === undefined) return skip(`rig lightgbm: ${why}`)
  const { manifest, bundle } = await trainPython({ PATH: pathWith(dir) })
  expect(manifest.state).toBe('succeeded')
  if (bundle.status === 'invalid') throw new Error(bundle.problems.map(({ message }) => message).join('; '))
  expect(bundle.warnings).toEqual([])
  expect(bundle.metrics.macro_f1).toBeGreaterThan(0.85)
  await runSelfTest(await loadPredictor(bundle), bundle)
})

it('says without LightGBM what to install, and exits 3', async () => {
  const libraries = scratchDir()
  writeFileSync(join(libraries, 'lightgbm.py'), 'raise ModuleNotFoundError(name="lightgbm")\n')
  const { manifest, bundle } = await trainPython({ PYTHONPATH: libraries })
  expect(manifest).toMatchObject({ state: 'failed', code: 'exited', exit: { code: 3 } })
  expect(bundle.status).toBe('invalid')
  const dir = scratchDir()
  const spec = writeSpec(dir, { data: await windows(dir) })
  const { status, stderr } = python([PYTHON_TRAINER], { ...spec, PYTHONPATH: libraries })
  expect(status).toBe(3)
  expect(stderr).toContain('is not installed; run: python3 -m pip install -r')
})

it('writes a whole bundle by the protocol, whatever the library answers', async () => {
  const libraries = join(scratchDir(), 'stand-in')
  mkdirSync(libraries)
  writeFileSync(join(libraries, 'lightgbm.py'), STAND_IN)
  writeFileSync(join(libraries, 'numpy.py'), 'array = list\n')
  const { manifest, bundle, events, bundleDir } = await trainPython({ PYTHONPATH: libraries })
  expect(manifest.state).toBe('succeeded')
  expect(events.map(({ type }) => type)).not.toContain('malformed')
  expect(events.filter(({ type }) => type === 'progress')).toHaveLength(30)
  if (bundle.status === 'invalid') throw new Error(bundle.problems.map(({ message }) => message).join('; '))
  expect(bundle.warnings).toEqual([])
  expect(bundle.metadata).toMatchObject({
    schema_hash: '8776f20dbb8f',
    train_date_from: '2026-04-01',
    train_date_to: '2026-04-04',
    data_provenance: 'synthetic',
    git_commit: expect.any(String),
    dataset_hash: expect.stringMatching(/^[0-9a-f]{16}$/),
  })
  await runSelfTest(await loadPredictor(bundle), bundle)
  expect(checkCandidateGates(bundle, DEFAULT_POLICY).passed).toBe(false)
  expect(readFileSync(join(bundleDir, 'confusion_matrix.csv'), 'utf8').split('\n')).toHaveLength(10)
})

it('measures as the Node trainer does', async () => {
  const { measure } = await importTrainer<{ measure: (matrix: number[][], labels: string[]) => unknown }>(
    'evaluate.mjs',
  )
  const labels = ['BreakIdle', 'Build', 'Write']
  const matrices = [
    [
      [241, 0, 19],
      [3, 315, 9],
      [0, 20, 163],
    ],
    [
      [50, 1, 0],
      [2, 0, 7],
      [0, 0, 31],
    ],
    [
      [0, 0, 0],
      [0, 9, 1],
      [0, 2, 8],
    ],
  ]
  const code =
    'import json, sys; from metrics import measure; print(json.dumps([measure(m, sys.argv[2:]) for m in json.loads(sys.argv[1])]))'
  const answer = execFileSync('python3', ['-c', code, JSON.stringify(matrices), ...labels], {
    encoding: 'utf8',
    env: { ...process.env, ...QUIET, PYTHONPATH: FOLDER },
  })
  expect(JSON.parse(answer)).toEqual(matrices.map((matrix) => measure(matrix, labels)))
})
