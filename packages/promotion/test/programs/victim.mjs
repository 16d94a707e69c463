// Promotes one candidate once it is told to. With STEP=n it kills itself at the nth file operation: before it, or with
// half of a write done. Without, somebody kills it.
import { writeSync } from 'node:fs'
import { localStore } from '@taskclf/active-pointer'
import { nodeFileSystem } from '@taskclf/durable-fs'
import { promote } from '../../src/index.js'

const [modelsDir, candidateDir] = process.argv.slice(2)
const deadly = Number(process.env.STEP ?? Number.POSITIVE_INFINITY)
let steps = 0

const counted = (target) =>
  new Proxy(target, {
    get: (object, key) => (typeof object[key] === 'function' ? step(object, key) : object[key]),
  })

const step =
  (object, key) =>
  async (...args) => {
    if (steps++ === deadly) {
      if (key === 'write') await object.write(args[0].subarray(0, args[0].length / 2))
      process.kill(process.pid, 'SIGKILL')
    }
    const answer = await object[key](...args)
    return typeof answer?.sync === 'function' ? counted(answer) : answer
  }

writeSync(1, 'ready\n')
await new Promise((resolve) => process.stdin.once('data', resolve))
writeSync(1, 'started\n')
const started = performance.now()
await promote({ candidateDir, modelsDir: localStore(modelsDir, { fileSystem: counted(nodeFileSystem) }) })
writeSync(1, `${JSON.stringify({ steps, ms: performance.now() - started })}\n`)
process.exit(0)
