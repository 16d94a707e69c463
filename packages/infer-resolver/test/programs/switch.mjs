// Another process that activates one bundle: switch.mjs MODELS_DIR MODEL_ID
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { readBundle } from '@taskclf/registry-core'

const [modelsDir, id] = process.argv.slice(2)
await writeActiveAtomic(modelsDir, await readBundle(join(modelsDir, id)), { source: 'manual' })
