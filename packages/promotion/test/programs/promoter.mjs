// Promotes one candidate once it is told to, and says how that went. With PAUSE=switch it stops short of switching,
// with its decision made, until it is told once more.
import { writeSync } from 'node:fs'
import { localStore } from '@taskclf/active-pointer'
import { nodeFileSystem } from '@taskclf/durable-fs'
import { promote } from '../../src/index.js'

const [modelsDir, candidateDir] = process.argv.slice(2)
const lines = process.stdin[Symbol.asyncIterator]()
const told = (word) => {
  writeSync(1, `${word}\n`)
  return lines.next()
}
let paused = process.env.PAUSE !== 'switch'
const fileSystem = {
  ...nodeFileSystem,
  mkdir: async (path) => {
    if (!paused && path.includes('active.lock')) {
      paused = true
      await told('decided')
    }
    return nodeFileSystem.mkdir(path)
  },
}
await told('ready')
try {
  const { outcome, activeModelId, published } = await promote({
    candidateDir,
    modelsDir: localStore(modelsDir, { fileSystem }),
  })
  writeSync(1, `${JSON.stringify({ outcome, activeModelId, modelId: published?.modelId })}\n`)
} catch (error) {
  writeSync(1, `${JSON.stringify({ code: error.code, message: error.message })}\n`)
}
process.exit(0)
