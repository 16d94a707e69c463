// Switches for ever; somebody kills it. Every switch that was answered is printed at once.
import { writeSync } from 'node:fs'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import type { LocalValidBundle } from '@taskclf/registry-core'
import { bundlesOf } from './registry.js'

const [models, ...ids] = process.argv.slice(2) as [string, ...string[]]
const bundles = await bundlesOf(models, ids)
writeSync(1, 'ready\n')
for (let i = 0; ; i++) {
  const bundle = bundles[i % bundles.length] as LocalValidBundle
  const { revision } = await writeActiveAtomic(models, bundle, { source: 'promotion' })
  writeSync(1, `${revision}\n`)
}
