// A trainer: writes a bundle of the score it is told, or fails as it is told.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const out = process.env.TASKCLF_OUTPUT_DIR
const [score = '0.9', exitCode = '0'] = process.argv.slice(2)
console.log(JSON.stringify({ type: 'phase', name: 'train' }))
if (exitCode !== '0') process.exit(Number(exitCode))
const write = (name, value) => writeFileSync(join(out, name), `${JSON.stringify(value)}\n`)
write('metadata.json', { created_at: new Date().toISOString(), schema_hash: '8776f20dbb8f' })
write('metrics.json', {
  macro_f1: Number(score),
  weighted_f1: 0.9,
  acceptance_pass: true,
  breakidle_precision: 0.97,
  min_class_precision: 0.8,
})
writeFileSync(join(out, 'model.txt'), 'tree\n')
