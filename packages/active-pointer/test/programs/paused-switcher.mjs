// Begins a switch and stops dead at its last step before the rename, as a process stopped by SIGSTOP would.
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { nodeFileSystem } from '@taskclf/durable-fs'
import { readBundle } from '@taskclf/registry-core'
import { localStore, writeActiveAtomic } from '../../dist/index.js'

const [modelsDir, id] = process.argv.slice(2)
const bundle = await readBundle(join(modelsDir, id))
const fileSystem = {
  ...nodeFileSystem,
  rename: async (from, to) => {
    if (to.endsWith('active.json')) {
      writeSync(1, 'before rename\n')
      process.kill(process.pid, 'SIGSTOP')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await nodeFileSystem.rename(from, to)
  },
}
try {
  const { revision } = await writeActiveAtomic(localStore(modelsDir, { fileSystem }), bundle, {
    source: 'manual',
  })
  writeSync(1, `switched ${revision}\n`)
} catch (error) {
  writeSync(1, `${error.code}\n`)
}
