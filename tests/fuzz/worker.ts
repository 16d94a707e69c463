// Runs cases of one target until told to stop. Its parent sees by a counter in shared memory whether a case hangs, and
// finds the case there. Messages: { cases } now and then, { finding } for each thing that must not be.
import { parentPort, workerData } from 'node:worker_threads'
import { seededRandom } from '../../internal/test-kit/src/random.js'
import { TARGETS } from './targets.js'

export interface Job {
  target: string
  seed: number
  first: number
  dir: string
  shared: SharedArrayBuffer
  /** Only this case, given as bytes. */
  replay?: Uint8Array
}

const SLOW_MS = 1000
const { target: name, seed, first, dir, shared, replay } = workerData as Job
const found = TARGETS.find((each) => each.name === name)
if (found === undefined) throw new Error(`no target ${name}`)
const target = found
const counter = new Int32Array(shared, 0, 2)
const memory = new Uint8Array(shared, 8)

async function runCase(number: number, given?: Uint8Array): Promise<void> {
  const random = seededRandom(seed * 7_919 + number)
  const bytes = given ?? target.make(random)
  memory.set(bytes.subarray(0, memory.length))
  Atomics.store(counter, 1, Math.min(bytes.length, memory.length))
  Atomics.store(counter, 0, number)
  const [wall, cpu] = [performance.now(), process.cpuUsage()]
  let problem: string | undefined
  try {
    problem = await target.run(bytes, { dir, random })
  } catch (error) {
    problem = `uncaught: ${(error as Error)?.stack ?? String(error)}`
  }
  // Slow counts only when this process was at work all the while: other programs may hold the machine.
  const used = process.cpuUsage(cpu)
  if (
    problem === undefined &&
    performance.now() - wall > SLOW_MS &&
    (used.user + used.system) / 1000 > SLOW_MS
  )
    problem = `${Math.round((used.user + used.system) / 1000)} ms of work for ${bytes.length} bytes`
  if (problem !== undefined) parentPort?.postMessage({ finding: { number, problem, bytes } })
}

await target.prepare?.(dir)
if (replay) {
  await runCase(first, replay)
  parentPort?.postMessage({ done: true })
} else {
  for (let number = first; ; number++) {
    await runCase(number)
    if (number % 64 === 0) {
      parentPort?.postMessage({ cases: number })
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}
