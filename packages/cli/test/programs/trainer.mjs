// A trainer that does as it is told: `trainer.mjs <what> [macro_f1]`, what being one of the keys below.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [what = 'train', score = '0.9'] = process.argv.slice(2)
const out = process.env.TASKCLF_OUTPUT_DIR
const say = (event) => process.stdout.write(`${JSON.stringify(event)}\n`)
const write = (name, value) => writeFileSync(join(out, name), `${JSON.stringify(value)}\n`)

/** One tree with one leaf: it loads, and answers every row alike. */
const MODEL = `tree
version=v4
num_class=1
num_tree_per_iteration=1
label_index=0
max_feature_idx=0
objective=binary sigmoid:1
feature_names=x
feature_infos=none
tree_sizes=60

Tree=0
num_leaves=1
num_cat=0
leaf_value=0.25
shrinkage=1


end of trees
`

const wait = () => setInterval(() => {}, 1000)

const WHAT = {
  train: () => {
    say({ type: 'phase', name: 'train' })
    for (let i = 1; i <= 4; i++) {
      say({ type: 'progress', current: i, total: 4, unit: 'trees' })
      say({ type: 'metrics', values: { loss: 1 / i }, step: i })
    }
    say({ type: 'log', level: 'warning', message: 'few rows' })
    process.stdout.write('plain \u001b[31mtext\u001b[0m\n')
    process.stderr.write('said on stderr\n')
    write('metadata.json', {
      ...(process.env.MODEL_ID && { model_id: process.env.MODEL_ID }),
      created_at: new Date().toISOString(),
      schema_hash: '8776f20dbb8f',
      label_set: ['BreakIdle', 'Build'],
      params: { seed: Number(process.env.TASKCLF_SEED), cwd: process.cwd() },
    })
    write('metrics.json', {
      macro_f1: Number(score),
      weighted_f1: 0.9,
      acceptance_pass: true,
      breakidle_precision: 0.97,
      min_class_precision: 0.8,
    })
    writeFileSync(join(out, 'model.txt'), MODEL)
    say({ type: 'bundle' })
  },
  fail: () => {
    process.stderr.write('no such column: idle\n')
    process.exitCode = 7
  },
  hang: () => {
    say({ type: 'phase', name: 'hang' })
    wait()
  },
  stubborn: () => {
    process.on('SIGTERM', () => say({ type: 'log', message: 'no' }))
    say({ type: 'phase', name: 'hang' })
    wait()
  },
}

WHAT[what]()
