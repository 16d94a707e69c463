// Switches for ever, wherever it is started; somebody stops and kills it. Prints each revision, and each code of a
// switch that did not happen.
import { writeSync } from 'node:fs'
import { ActivePointerError, writeActiveAtomic } from '@taskclf/active-pointer'
import { bundlesOf } from './registry.js'

const [models, staleAfterMs, ...ids] = process.argv.slice(2) as [string, string, ...string[]]
const bundles = await bundlesOf(models, ids)
const lock = { staleAfterMs: Number(staleAfterMs), timeoutMs: 120_000 }
writeSync(1, 'ready\n')
for (let i = 0; ; i++) {
  const bundle = bundles[i % bundles.length]
  if (bundle === undefined) throw new Error('no bundle')
  try {
    const { revision } = await writeActiveAtomic(models, bundle, { source: 'promotion', lock })
    writeSync(1, `${revision}\n`)
  } catch (error) {
    if (!(error instanceof ActivePointerError)) throw error
    writeSync(1, `${error.code}\n`)
  }
}
