// A trainer with many faults: `trainer.mjs <mode>`.
import { spawn } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const out = process.env.TASKCLF_OUTPUT_DIR
const say = (event) => process.stdout.write(`${JSON.stringify(event)}\n`)
const idle = () => setInterval(() => {}, 1000)

const model =
  'tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\nmax_feature_idx=0\nobjective=binary sigmoid:1\n' +
  'feature_names=x\nfeature_infos=none\ntree_sizes=60\n\nTree=0\nnum_leaves=1\nnum_cat=0\nleaf_value=0.25\nshrinkage=1\n\n\nend of trees\n'

function writeBundle(metrics, more = { model_id: 'm1' }) {
  writeFileSync(join(out, 'model.txt'), model)
  writeFileSync(
    join(out, 'metadata.json'),
    JSON.stringify({ created_at: '2026-03-01T00:00:00Z', schema_hash: 'abc', ...more }),
  )
  writeFileSync(join(out, 'metrics.json'), JSON.stringify(metrics))
}

const modes = {
  good() {
    const spec = JSON.parse(readFileSync(process.env.TASKCLF_SPEC, 'utf8'))
    say({ type: 'phase', name: 'train' })
    say({ type: 'progress', current: 1, total: 2, unit: 'trees' })
    say({ type: 'metrics', step: 1, values: { loss: 0.5 }, extra: 'kept' })
    say({ type: 'log', message: 'half way', level: 'info' })
    say({
      type: 'custom',
      spec,
      env: Object.fromEntries(Object.entries(process.env).filter(([key]) => /^(TASKCLF_|OURS)/.test(key))),
      cwd: process.cwd(),
    })
    process.stdout.write('plain text\n\rbar 1\rbar 2\r\n{not json\n{"type":"progress","current":-1}\n')
    process.stderr.write('a warning\n')
    writeBundle({ macro_f1: 0.9, weighted_f1: 0.9 })
    say({ type: 'bundle', model_id: 'm1' })
    process.stdout.write('no newline at the end')
  },
  exits() {
    process.stderr.write('Traceback: it broke\n')
    process.exitCode = 1
  },
  killed() {
    process.kill(process.pid, 'SIGUSR2')
    idle()
  },
  hangs() {
    process.on('SIGTERM', () => say({ type: 'log', message: 'SIGTERM ignored' }))
    say({ type: 'phase', name: 'hang' })
    idle()
  },
  obeys() {
    process.on('SIGTERM', () => {
      say({ type: 'log', message: 'last words' })
      process.exit(0)
    })
    say({ type: 'phase', name: 'wait' })
    idle()
  },
  silent() {},
  invalid() {
    writeBundle({ macro_f1: 1.5, weighted_f1: 'high' })
  },
  flood() {
    const line = `${'x'.repeat(99)}\n`.repeat(1000)
    let left = 300
    const write = () => {
      for (; left > 0; left -= 1) if (!process.stdout.write(line)) return process.stdout.once('drain', write)
      say({ type: 'phase', name: 'after the flood' })
      process.stderr.write(line)
      process.stdout.write(`${'y'.repeat(200_000)}\n`)
      writeBundle({ macro_f1: 0.9, weighted_f1: 0.9 })
    }
    write()
  },
  long() {
    process.stdout.write(`{${'x'.repeat(100_000)}\n`)
    process.stderr.write(`${'y'.repeat(100_000)}\n`)
    writeBundle({ macro_f1: 0.9, weighted_f1: 0.9 }, {})
  },
  removes() {
    rmSync(out, { recursive: true })
  },
  torn() {
    process.stdout.write('{"type":"progress","curr', () => process.exit(3))
  },
  grandchild() {
    const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM",()=>{});setInterval(()=>{},1000)'], {
      stdio: 'inherit',
    })
    say({ type: 'log', message: String(child.pid) })
    writeBundle({ macro_f1: 0.9, weighted_f1: 0.9 })
    setTimeout(() => process.exit(0), 200)
  },
  escaped() {
    const child = spawn(process.execPath, ['-e', 'setTimeout(()=>{},20000)'], {
      stdio: 'inherit',
      detached: true,
    })
    child.unref()
    say({ type: 'log', message: String(child.pid) })
    writeBundle({ macro_f1: 0.9, weighted_f1: 0.9 })
    setTimeout(() => process.exit(0), 200)
  },
}

modes[process.argv[2]]()
