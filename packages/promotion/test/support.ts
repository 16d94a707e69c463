import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type HistoryEntry, type HistoryLine, readHistory, writeActiveAtomic } from '@taskclf/active-pointer'
import { listBundles, readBundle, verifyBundle } from '@taskclf/registry-core'
import { type BundleSpec, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect } from 'vitest'
import { PromotionError } from '../src/index.js'

/** A place with an empty models dir. */
export function place(): { base: string; models: string; rejected: string } {
  const base = scratchDir()
  const models = join(base, 'models')
  mkdirSync(models)
  return { base, models, rejected: join(base, 'rejected_models') }
}

/** A candidate outside the models dir, which names itself unless told otherwise. */
export function candidateIn(base: string, id: string, spec: BundleSpec = {}): string {
  return writeBundle(join(base, 'candidates'), id, { ...spec, metadata: { model_id: id, ...spec.metadata } })
}

/** A candidate of the given score. */
export function scored(base: string, id: string, macro_f1: number, more: BundleSpec = {}): string {
  return candidateIn(base, id, { ...more, metrics: { macro_f1, ...more.metrics } })
}

/** Points the pointer somewhere, as the Python project does. */
export function pointTo(models: string, id: string): void {
  const pointer = {
    model_dir: `models/${id}`,
    model_id: id,
    selected_at: '2026-03-01T00:00:00+00:00',
    policy_version: 1,
  }
  writeFileSync(join(models, 'active.json'), `${JSON.stringify(pointer, null, 2)}\n`)
}

export function activeId(models: string): string | undefined {
  const path = join(models, 'active.json')
  return existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as { model_id: string }).model_id
    : undefined
}

/** What a person sees in a models dir: no hidden names. */
export function seen(dir: string): string[] {
  return existsSync(dir)
    ? readdirSync(dir)
        .filter((name) => !name.startsWith('.'))
        .sort()
    : []
}

/** What is left of stagings in a models dir. */
export function staged(models: string): string[] {
  const staging = join(models, '.taskclf', 'staging')
  return existsSync(staging) ? readdirSync(staging) : []
}

/** The error of a promotion that must fail. */
export async function errorOf(promise: Promise<unknown>): Promise<PromotionError> {
  const error: unknown = await promise.then(
    (value) => {
      throw new Error(`expected an error, got ${JSON.stringify(value)}`)
    },
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(PromotionError)
  return error as PromotionError
}

export const at = (text: string) => () => new Date(text)

/** The history's lines; a torn one is passed over, as by every reader. */
export function linesOf(models: string): HistoryLine[] {
  const path = join(models, 'active_history.jsonl')
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as HistoryLine]
    } catch {
      return []
    }
  })
}

/** Every published bundle is whole, and the pointer, where there is one, names one of them. */
export async function expectWhole(models: string): Promise<string[]> {
  const bundles = await listBundles(models)
  for (const { modelId, path } of bundles) {
    const report = await verifyBundle(path)
    expect(report.problems, modelId).toEqual([])
    expect(report.bundle).toMatchObject({ status: 'valid' })
  }
  const ids = bundles.map(({ modelId }) => modelId)
  const active = activeId(models)
  if (active !== undefined) expect(ids).toContain(active)
  return ids
}

/** The visible switches, oldest first: from the pointer back to the first there is no gap. */
export async function expectUnbrokenChain(models: string): Promise<HistoryEntry[]> {
  const { entries, warnings } = await readHistory(models)
  expect(warnings).toEqual([])
  const chain = entries.filter(({ visible }) => visible)
  const revisions = chain.map(({ revision }) => revision as number)
  expect(revisions).toEqual([...new Set(revisions)].sort((x, y) => x - y))
  expect(chain.at(-1)?.new.model_id).toBe(activeId(models))
  for (const [i, { old }] of chain.entries()) expect(old?.model_id).toBe(chain[i - 1]?.new.model_id)
  return chain
}

/** Another writer's switch, back and forth between run-0 and run-2. */
export async function moveOn(models: string, turn: number): Promise<void> {
  const bundle = await readBundle(join(models, turn % 2 === 0 ? 'run-2' : 'run-0'))
  if (bundle.status === 'valid') await writeActiveAtomic(models, bundle, { source: 'promotion' })
}
