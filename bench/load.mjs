// Loading beside requests: the longest time for which nothing else ran in the process, for models of three sizes.
//   node bench/load.mjs [--quick] [--json]
// `idle` is the same measurement with nothing going on; `here` parses in the thread that answers, `worker` as loadPredictor does.
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseModel } from '../packages/lightgbm/dist/index.js'
import { loadLightgbm } from '../packages/predictor/dist/index.js'

const MODEL = fileURLToPath(
  new URL('../examples/demo/models/2026-03-02_031009_run-8935/model.txt', import.meta.url),
)
const MEGABYTES = [0.3, 2.8, 11, 22]

/** Measures everything and returns one plain document. */
export async function benchLoad({ quick = false } = {}) {
  const cases = []
  for (const size of quick ? MEGABYTES.slice(0, 2) : MEGABYTES) {
    const bytes = modelOf(size * 1e6)
    const idle = await longestStall(() => sleep(500))
    const here = await longestStall(async () => void parseModel(bytes))
    const worker = await longestStall(() => loadLightgbm({ name: 'model.txt', bytes }))
    cases.push({
      name: `${size} MB`,
      idle_ms: idle.stall,
      here_ms: here.stall,
      worker_ms: worker.stall,
      loaded_in_ms: worker.total,
    })
  }
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version }
  return { version: 1, bench: 'load', date: new Date().toISOString(), machine, quick, cases }
}

/** The demo's trees again and again, without the byte counts that no longer hold. */
function modelOf(bytes) {
  const text = readFileSync(MODEL, 'utf8')
  const start = text.indexOf('Tree=0')
  const end = text.indexOf('end of trees')
  const head = text.slice(0, start).replace(/^tree_sizes=.*\n/m, '')
  const trees = text
    .slice(start, end)
    .split(/^Tree=\d+\n/m)
    .slice(1)
  const parts = [head]
  let length = head.length
  for (let i = 0; length < bytes || i % trees.length !== 0; i++) {
    const tree = `Tree=${i}\n${trees[i % trees.length]}`
    parts.push(tree)
    length += tree.length
  }
  return Buffer.from(`${parts.join('')}${text.slice(end)}`)
}

/** The best of three, as other programs of the machine only add to it. */
async function longestStall(work) {
  let best = { stall: Number.POSITIVE_INFINITY, total: 0 }
  for (let i = 0; i < 3; i++) {
    let stall = 0
    let last = performance.now()
    const look = () => {
      const now = performance.now()
      stall = Math.max(stall, now - last)
      last = now
      timer = setImmediate(look)
    }
    let timer = setImmediate(look)
    await sleep(50)
    stall = 0
    const start = performance.now()
    await work()
    const total = performance.now() - start
    await sleep(20)
    clearImmediate(timer)
    if (stall < best.stall) best = { stall: round(stall), total: round(total) }
  }
  return best
}

const round = (ms) => Math.round(ms * 10) / 10

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = await benchLoad({ quick: process.argv.includes('--quick') })
  if (process.argv.includes('--json')) console.log(JSON.stringify(result, null, 2))
  else console.table(result.cases)
}
