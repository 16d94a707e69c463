import { mkdtempSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { writeBundle } from '../../internal/test-kit/src/bundles.js'
import { type CheckedChain, checkChain } from '../../internal/test-kit/src/chain.js'

/** A fresh models dir with a few bundles, below the given directory. */
export async function newModelsDir(below: string): Promise<{ models: string; bundles: LocalValidBundle[] }> {
  const models = join(realpathSync(mkdtempSync(join(below, 'taskclf-torture-'))), 'models')
  const bundles: LocalValidBundle[] = []
  for (const [i, id] of ['run-a', 'run-b', 'run-c', 'run-d'].entries()) {
    const bundle = await readBundle(writeBundle(models, id, { metrics: { macro_f1: 0.8 + i / 100 } }))
    if (bundle.status !== 'valid') throw new Error(JSON.stringify(bundle.problems))
    bundles.push(bundle)
  }
  return { models, bundles }
}

/** The bundles of these names, as a writer reads them when it starts. */
export async function bundlesOf(models: string, ids: readonly string[]): Promise<LocalValidBundle[]> {
  return (await Promise.all(ids.map((id) => readBundle(join(models, id))))) as LocalValidBundle[]
}

/** The lines that lead to the pointer; throws when what is there could not be. */
export function expectChain(models: string): (CheckedChain & { ok: true })['chain'] {
  const [pointer, history] = ['active.json', 'active_history.jsonl'].map((name) => read(join(models, name)))
  const checked = checkChain(pointer, history)
  if (!checked.ok) throw new Error(`${models}: ${checked.why}`)
  return checked.chain
}

/** How many lines the history has. */
export function lineCount(models: string): number {
  return (read(join(models, 'active_history.jsonl'))?.toString().split('\n').length ?? 1) - 1
}

/** One of the list, evenly. */
export function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
