// Switches `count` times among the bundles of a models dir, as one of many writers. Says one JSON line at the end.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readBundle } from '@taskclf/registry-core'
import { writeActiveAtomic } from '../../dist/index.js'

const [modelsDir, count, seed] = process.argv.slice(2)
const ids = readdirSync(modelsDir).filter((name) => name.startsWith('run-'))
const bundles = await Promise.all(ids.map((id) => readBundle(join(modelsDir, id))))
await new Promise((resolve) => process.stdin.once('data', resolve))
const revisions = []
let errors = 0
for (let i = 0; i < Number(count); i++) {
  const bundle = bundles[(i * 7 + Number(seed)) % bundles.length]
  try {
    revisions.push(
      (await writeActiveAtomic(modelsDir, bundle, { source: 'promotion', actor: `w${seed}` })).revision,
    )
  } catch (error) {
    errors++
    process.stderr.write(`${error.code} ${error.message}\n`)
  }
}
process.stdout.write(`${JSON.stringify({ revisions, errors })}\n`)
process.exit(0)
