// Serves under load while another process switches; prints what happened. Run with --expose-gc.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createModelReloader } from '../../dist/index.js'

const [modelsDir, switches] = process.argv.slice(2)
const GOOD = ['run-a', 'run-b', 'run-c', 'run-d', 'run-e']
const BAD = ['bad-missing', 'bad-truncated', 'bad-self-test']

let loads = 0
let disposed = 0
const live = new Set()
const failures = {}
const reloader = await createModelReloader({
  modelsDir,
  pollMs: 50,
  backoff: { initialMs: 5, maxMs: 20, maxAttempts: 3 },
  load: (bundle) => {
    const text = readFileSync(join(bundle.path, 'model.txt'), 'utf8')
    if (!text.endsWith('end of model\n')) throw new Error('truncated')
    loads++
    const model = {
      id: bundle.modelId,
      healthy: !text.includes('sick'),
      weights: new Float64Array(20_000),
      gone: false,
    }
    live.add(model)
    return model
  },
  selfTest: (model) => {
    if (!model.healthy) throw new Error('does not reproduce its outputs')
  },
  dispose: (model) => {
    if (model.gone) throw new Error('disposed twice')
    model.gone = true
    live.delete(model)
    disposed++
  },
  onError: ({ error }) => {
    failures[error.code] = (failures[error.code] ?? 0) + 1
  },
})

const counts = { requests: 0, failed: 0, wrongModel: 0, disposedInUse: 0, badServed: 0 }
let stop = false
async function requestLoop() {
  while (!stop) {
    try {
      await reloader.use(async (model, served) => {
        if (model.gone) counts.disposedInUse++
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 3))
        if (model.gone) counts.disposedInUse++
        if (model.id !== served.modelId) counts.wrongModel++
        if (!GOOD.includes(model.id)) counts.badServed++
      })
      counts.requests++
    } catch {
      counts.failed++
    }
  }
}
const loops = Array.from({ length: 4 }, requestLoop)

const other = spawn(process.execPath, [
  fileURLToPath(new URL('switch-on-demand.mjs', import.meta.url)),
  modelsDir,
])
other.stderr.pipe(process.stderr)
const answers = createInterface({ input: other.stdout })[Symbol.asyncIterator]()
async function tell(command) {
  other.stdin.write(`${JSON.stringify(command)}\n`)
  return JSON.parse((await answers.next()).value)
}
async function until(condition) {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1))
}

const heap = []
let stale = 0
let newest
for (let i = 0; i < Number(switches); i++) {
  const id = GOOD[(i + 1) % GOOD.length]
  if (i % 10 === 3) await tell({ do: 'foreign', id: BAD[Math.floor(i / 10) % BAD.length] })
  if (i % 50 === 17) await tell({ do: 'remove' })
  if (i % 50 === 29) await tell({ do: 'tear' })
  newest = { id, revision: await tell({ do: 'switch', id }) }
  // Most switches settle before the next; every tenth is followed at once, as in a burst.
  if (i % 10 !== 9) await until(() => reloader.current.revision === newest.revision)
  if (reloader.current.revision > newest.revision) stale++
  if (i === 99 || i === Number(switches) - 1) {
    await until(() => reloader.status().draining === 0)
    for (let k = 0; k < 5; k++) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      globalThis.gc()
    }
    heap.push(process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers)
  }
}
await until(() => reloader.current.revision === newest.revision)
const settled = reloader.current.modelId === newest.id
stop = true
await Promise.all(loops)
const { swaps } = reloader.status()
await reloader.close()
other.stdin.end()
process.stdout.write(
  JSON.stringify({ counts, swaps, loads, disposed, live: live.size, failures, heap, settled, stale }),
)
process.exit(0)
