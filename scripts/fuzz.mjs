// npm run fuzz -- --minutes N [--seed S] [--target T]…          all targets in turn, an equal share of the time each
// npm run fuzz -- --target T --replay CASE_FILE                   one saved case again
// Every uncaught exception, hang over a second or impossible result is saved below reports/fuzz/ as a case file.
// No library: Jazzer.js guides by coverage and needs a native addon for each Node; these targets know their grammars and run in plain workers.
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { bundlePrograms } from './bundle-programs.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string', multiple: true },
    replay: { type: 'string' },
  },
})
const CASE_BYTES = 1 << 20
const HUNG_MS = 8000
const MOST_FINDINGS = 20
process.env.TASKCLF_FUZZ_FIXTURES = join(root, 'internal/test-kit/fixtures/lightgbm')

const programs = await bundlePrograms(['tests/fuzz/worker.ts', 'tests/fuzz/targets.ts'])
const { TARGETS } = await import(join(programs, 'targets.mjs'))
const scratch = realpathSync(
  mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'taskclf-fuzz-')),
)
const names = values.target ?? TARGETS.map(({ name }) => name)
const findings = new Map()
let total = 0

try {
  for (const name of names) {
    if (values.replay) await session(name, Number.POSITIVE_INFINITY, readFileSync(values.replay))
    else {
      const started = performance.now()
      const cases = await session(name, (Number(values.minutes) * 60_000) / names.length)
      total += cases
      const seconds = (performance.now() - started) / 1000
      process.stdout.write(
        `${name.padEnd(13)} ${String(cases).padStart(9)} cases in ${seconds.toFixed(0)} s\n`,
      )
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
  rmSync(programs, { recursive: true, force: true })
}
for (const { name, problem, file, times } of findings.values())
  process.stdout.write(
    `FOUND in ${name} (${times}×), ${file}: ${problem.split('\n').slice(0, 3).join(' | ').slice(0, 400)}\n`,
  )
process.stdout.write(`${total} cases, seed ${values.seed}, ${findings.size} kinds of findings\n`)
process.exit(findings.size > 0 ? 1 : 0)

/** Runs a target for a time, starting its worker anew after a hang; answers how many cases were run. */
async function session(name, ms, replay) {
  const dir = join(scratch, name)
  mkdirSync(dir, { recursive: true })
  const until = performance.now() + ms
  let first = 1
  while (performance.now() < until && found(name) < MOST_FINDINGS) {
    const shared = new SharedArrayBuffer(CASE_BYTES + 8)
    const workerData = { target: name, seed: Number(values.seed), first, dir, shared, replay }
    const last = await watch(name, new Worker(join(programs, 'worker.mjs'), { workerData }), shared, until)
    if (replay) return 1
    first = last + 1
  }
  return first - 1
}

/** Waits until the time is over, the worker is done, or a case hangs; answers the last case's number. */
function watch(name, worker, shared, until) {
  const counter = new Int32Array(shared, 0, 2)
  return new Promise((resolve, reject) => {
    let [seen, since] = [0, performance.now()]
    const end = async () => {
      clearInterval(timer)
      await worker.terminate()
      resolve(Atomics.load(counter, 0))
    }
    const timer = setInterval(() => {
      const now = Atomics.load(counter, 0)
      if (now !== seen) [seen, since] = [now, performance.now()]
      else if (seen > 0 && performance.now() - since > HUNG_MS) {
        const bytes = new Uint8Array(shared, 8, Atomics.load(counter, 1)).slice()
        save(name, { number: now, problem: `hung for ${HUNG_MS} ms`, bytes })
        void end()
        return
      }
      if (performance.now() > until || found(name) >= MOST_FINDINGS) void end()
    }, 100)
    worker.on('message', ({ finding, done }) => {
      if (finding) save(name, finding)
      if (done) void end()
    })
    worker.on('error', (error) => {
      clearInterval(timer)
      reject(error)
    })
  })
}

function found(name) {
  return [...findings.values()].filter((finding) => finding.name === name).length
}

/** One file for each kind of finding: the same place with other bytes is the same kind. */
function save(name, { number, problem, bytes }) {
  const kind = problem
    .replace(/\d+/g, '#')
    .replace(/"[^"]*"/g, '""')
    .split('\n')
    .slice(0, 3)
    .join('|')
    .slice(0, 300)
  const key = createHash('sha1').update(`${name}${kind}`).digest('hex').slice(0, 8)
  const known = findings.get(key)
  if (known) {
    known.times++
    return
  }
  const out = join(root, 'reports', 'fuzz')
  mkdirSync(out, { recursive: true })
  const file = join(out, `${name}-${key}.case`)
  writeFileSync(file, bytes)
  findings.set(key, { name, problem, file, times: 1 })
  process.stderr.write(`${name} case ${number}: ${problem.slice(0, 1500)}\n`)
}
