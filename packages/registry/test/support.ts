import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { openRegistry, type Registry, type RegistryOptions } from '../src/index.js'

/** A registry of three models, the last of them the best. */
export async function opened(options: RegistryOptions = {}): Promise<{ models: string; registry: Registry }> {
  const models = join(scratchDir(), 'models')
  for (const [i, id] of ['run-a', 'run-b', 'run-c'].entries())
    writeBundle(models, id, { metrics: { macro_f1: (80 + i) / 100 } })
  return { models, registry: await openRegistry(models, options) }
}

export function pointerOf(models: string) {
  return JSON.parse(readFileSync(join(models, 'active.json'), 'utf8'))
}
