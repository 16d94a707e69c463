// Reads the pointer in a tight loop until told to stop; counts what a reader must never see.
import { readActive } from '../../dist/index.js'

const [modelsDir] = process.argv.slice(2)
let stop = false
process.stdin.once('data', () => {
  stop = true
})
const seen = { reads: 0, absent: 0, corrupt: 0, backwards: 0 }
let last = 0
process.stdout.write('ready\n')
while (!stop) {
  for (let i = 0; i < 50; i++) {
    const state = await readActive(modelsDir)
    seen.reads++
    if (state.status !== 'valid') seen[state.status]++
    else {
      if (state.pointer.revision < last) seen.backwards++
      last = state.pointer.revision
    }
  }
  await new Promise((resolve) => setImmediate(resolve))
}
process.stdout.write(`${JSON.stringify(seen)}\n`)
process.exit(0)
