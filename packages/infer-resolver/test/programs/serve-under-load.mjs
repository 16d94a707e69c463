// Serves under load while another process switches, with loads that hang, holds and closes in between; prints what happened.
//   node --expose-gc serve-under-load.mjs MODELS_DIR SWITCHES [SEED]
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createModelReloader } from '../../dist/index.js'

const [modelsDir, switches, seed = '1'] = process.argv.slice(2)
const GOOD = ['run-a', 'run-b', 'run-c', 'run-d', 'run-e']
const BAD = ['bad-missing', 'bad-truncated', 'bad-self-test', 'bad-hangs', 'bad-late', 'bad-test-hangs']
const LOAD_TIMEOUT_MS = 300

let state = Number(seed) >>> 0
/** A number in [0, 1): the same ones for the same seed (mulberry32). */
function random() {
  state = (state + 0x6d2b79f5) >>> 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const never = () => new Promise(() => {})

// Every wait has a limit: whatever does not come to pass ends the program, and says so.
setTimeout(
  () => {
    process.stderr.write(
      `stuck: ${JSON.stringify({ newest, counts, failures, status: reloader.status() })}\n`,
    )
    process.exit(1)
  },
  60_000 + Number(switches) * 300,
).unref()

let loads = 0
let disposed = 0
const live = new Set()
const failures = {}
const options = {
  modelsDir,
  pollMs: 50,
  loadTimeoutMs: LOAD_TIMEOUT_MS,
  backoff: { initialMs: 5, maxMs: 20, maxAttempts: 3 },
  load: async (bundle, { bytes }) => {
    if (bundle.modelId === 'bad-hangs') return never()
    // Longer than anybody waits: whoever comes so late must be let go all the same.
    if (bundle.modelId === 'bad-late') await pause(LOAD_TIMEOUT_MS * 1.2)
    const text = Buffer.from(bytes.get('model.txt')).toString()
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
  selfTest: async (model) => {
    if (model.id === 'bad-test-hangs') await pause(LOAD_TIMEOUT_MS * 1.2)
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
}
const reloader = await createModelReloader(options)

const counts = {
  requests: 0,
  holds: 0,
  closes: 0,
  failed: 0,
  wrongModel: 0,
  disposedInUse: 0,
  badServed: 0,
  stuck: 0,
}
let stop = false
let isQuiet = false
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

/** Keeps one model through some requests of its own, whatever is switched meanwhile; gives it back twice now and then. */
async function holdLoop() {
  while (!stop) {
    if (isQuiet) {
      await pause(5)
      continue
    }
    const { model, served, release } = reloader.hold()
    for (let i = 0; i < 5 && !stop; i++) {
      if (model.gone) counts.disposedInUse++
      if (model.id !== served.modelId) counts.wrongModel++
      if (!GOOD.includes(model.id)) counts.badServed++
      await pause(Math.random() * 20)
    }
    release()
    if (Math.random() < 0.1) release()
    counts.holds++
  }
}

/** Another reloader of the same models dir, closed at any moment: in use, held, loading, or with a model that hangs. */
async function closeLoop() {
  while (!stop) {
    await pause(20 + Math.random() * 100)
    if (isQuiet) continue
    const other = await createModelReloader({ ...options, pollMs: 5 }).catch(() => undefined)
    if (other === undefined) continue
    const hold = Math.random() < 0.5 ? other.hold() : undefined
    const request = other.use(() => pause(Math.random() * 30))
    await pause(Math.random() * 60)
    const closing = other.close({ timeoutMs: Math.random() < 0.5 ? 5 : 1_000 }).then(() => 'closed')
    if (hold && Math.random() < 0.5) hold.release()
    // Much longer than closing may take.
    if ((await Promise.race([closing, pause(10_000)])) !== 'closed') counts.stuck++
    hold?.release()
    await request
    counts.closes++
  }
}
const loops = [...Array.from({ length: 4 }, requestLoop), holdLoop(), holdLoop(), closeLoop()]

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
  while (!condition()) await pause(1)
}

const descriptors = () => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0)
/** What is left when nothing runs but the one model: in bytes, and in open files. */
async function measure() {
  isQuiet = true
  await until(() => reloader.status().draining === 0 && live.size === 1)
  for (let k = 0; k < 5; k++) {
    await pause(20)
    globalThis.gc()
  }
  heap.push(process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers)
  files.push(descriptors())
  isQuiet = false
}

const heap = []
const files = []
let stale = 0
let newest
for (let i = 0; i < Number(switches); i++) {
  const id = GOOD[(i + 1) % GOOD.length]
  if (i % 10 === 3) await tell({ do: 'foreign', id: BAD[Math.floor(random() * BAD.length)] })
  if (i % 10 === 3 && random() < 0.5) await pause(random() * 40)
  // Now and then it stays there until its time is over.
  if (i % 100 === 41) {
    await tell({ do: 'foreign', id: 'bad-hangs' })
    await until(() => reloader.status().failing?.error.code === 'load_timed_out')
  }
  if (i % 50 === 17) await tell({ do: 'remove' })
  if (i % 50 === 29) await tell({ do: 'tear' })
  newest = { id, revision: await tell({ do: 'switch', id }) }
  // Most switches settle before the next; every tenth is followed at once, as in a burst.
  if (i % 10 !== 9) await until(() => reloader.current.revision === newest.revision)
  if (reloader.current.revision > newest.revision) stale++
  if (i === 99 || i === Number(switches) - 1) {
    await until(() => reloader.current.revision === newest.revision)
    await measure()
  }
}
await until(() => reloader.current.revision === newest.revision)
const settled = reloader.current.modelId === newest.id
stop = true
await Promise.all(loops)
const { swaps } = reloader.status()
await reloader.close()
await until(() => live.size === 0)
other.stdin.end()
process.stdout.write(
  JSON.stringify({ counts, swaps, loads, disposed, live: live.size, failures, heap, files, settled, stale }),
)
process.exit(0)
