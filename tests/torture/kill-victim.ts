// Switches for ever; somebody kills it. Every switch that was answered is printed at once.
import { writeSync } from 'node:fs'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import type { ValidBundle } from '@taskclf/registry-core'

const [models, ...ids] = process.argv.slice(2) as [string, ...string[]]
// Only what a switch reads of a bundle, so that starting costs as little as it can.
const bundles = ids.map(
  (modelId) =>
    ({
      status: 'valid',
      modelId,
      path: `${models}/${modelId}`,
      metrics: { macro_f1: 0.9, weighted_f1: 0.9 },
    }) as ValidBundle,
)
writeSync(1, 'ready\n')
for (let i = 0; ; i++) {
  const bundle = bundles[i % bundles.length] as ValidBundle
  const { revision } = await writeActiveAtomic(models, bundle, { source: 'promotion' })
  writeSync(1, `${revision}\n`)
}
