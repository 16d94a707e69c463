import { mkdtempSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { readBundle, type ValidBundle } from '@taskclf/registry-core'
import { writeBundle } from '../../internal/test-kit/src/bundles.js'

/** A fresh models dir with a few bundles, below the given directory. */
export async function newModelsDir(below: string): Promise<{ models: string; bundles: ValidBundle[] }> {
  const models = join(realpathSync(mkdtempSync(join(below, 'taskclf-torture-'))), 'models')
  const bundles: ValidBundle[] = []
  for (const [i, id] of ['run-a', 'run-b', 'run-c', 'run-d'].entries()) {
    const bundle = await readBundle(writeBundle(models, id, { metrics: { macro_f1: 0.8 + i / 100 } }))
    if (bundle.status !== 'valid') throw new Error(JSON.stringify(bundle.problems))
    bundles.push(bundle)
  }
  return { models, bundles }
}

/** One of the list, evenly. */
export function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T
}
