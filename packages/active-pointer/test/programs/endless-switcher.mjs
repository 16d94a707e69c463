// Switches for ever; somebody kills it. Every switch that was answered is printed first-hand.
import { readdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { readBundle } from '@taskclf/registry-core'
import { writeActiveAtomic } from '../../dist/index.js'

const [modelsDir] = process.argv.slice(2)
const ids = readdirSync(modelsDir).filter((name) => name.startsWith('run-'))
const bundles = await Promise.all(ids.map((id) => readBundle(join(modelsDir, id))))
writeSync(1, 'ready\n')
// However long it has to wait for the processor, it is killed, and does not give up.
const lock = { staleAfterMs: 3_600_000, timeoutMs: 240_000 }
for (let i = 0; ; i++) {
  const { revision } = await writeActiveAtomic(modelsDir, bundles[i % bundles.length], {
    source: 'promotion',
    lock,
  })
  writeSync(1, `${revision}\n`)
}
