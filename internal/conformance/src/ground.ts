import type { ActiveState, PointerStore, SwitchResult, WriteActiveOptions } from '@taskclf/active-pointer'
import type { Registry, RegistryOptions } from '@taskclf/registry'
import type { Bundle, BundleReader, ValidBundle } from '@taskclf/registry-core'
import { type BundleOver, bundleFiles } from './bundle-files.js'
import type { Subject } from './subject.js'
import type { Verbs } from './verbs.js'

/** What a case stands on: a store, what other programs do to it, and short names for what cases do often. */
export interface Ground extends Subject {
  verbs: Verbs
  /** A clock that goes on by a second each time it is read. */
  now: () => Date
  bundles: () => BundleReader
  pointer: () => PointerStore
  /** Puts sound bundles there, each better than the one before. */
  putAll: (...modelIds: string[]) => void
  /** Puts a bundle there. */
  put: (modelId: string, over?: BundleOver) => void
  read: (modelId: string) => Promise<Bundle>
  valid: (modelId: string) => Promise<ValidBundle>
  scanned: () => Promise<Bundle[]>
  /** Switches to a bundle by its id, as a promotion does. */
  activate: (modelId: string, options?: Partial<WriteActiveOptions>) => Promise<SwitchResult>
  state: () => Promise<ActiveState>
  /** Model and revision of the active pointer, else its status. */
  active: () => Promise<unknown>
  /** Revision, model and state of each line. */
  story: () => Promise<unknown[]>
  registry: (options?: RegistryOptions) => Promise<Registry>
}

/** A case's ground on a subject. */
export function groundOf(subject: Subject, verbs: Verbs): Ground {
  const { store } = subject
  const bundles = () => store.look().bundles
  const pointer = () => store.look().pointer
  const now = ticking()
  const valid = async (modelId: string) => {
    const bundle = await bundles().read(modelId)
    if (bundle.status === 'invalid') throw new Error(`${modelId}: ${JSON.stringify(bundle.problems)}`)
    return bundle
  }
  const put = (modelId: string, over?: BundleOver) => subject.putBundle(modelId, bundleFiles(over))
  const state = () => pointer().read()
  return {
    ...subject,
    verbs,
    now,
    bundles,
    pointer,
    put,
    valid,
    state,
    putAll: (...modelIds) => {
      for (const [i, modelId] of modelIds.entries()) put(modelId, { metrics: { macro_f1: (80 + i) / 100 } })
    },
    read: (modelId) => bundles().read(modelId),
    scanned: () => collect(bundles().scan()),
    activate: async (modelId, options) =>
      verbs.writeActiveAtomic(store, await valid(modelId), { source: 'promotion', now, ...options }),
    active: async () => {
      const found = await state()
      return found.status === 'valid' ? [found.modelId, found.pointer.revision ?? null] : found.status
    },
    story: async () => {
      const { entries } = await verbs.readHistory(store)
      return entries.map((entry) => [entry.revision ?? null, entry.new.model_id, entry.state])
    },
    registry: (options) => verbs.openRegistry(store, { now, ...options }),
  }
}

function ticking(): () => Date {
  let seconds = 0
  return () => new Date(Date.UTC(2026, 5, 1, 0, 0, seconds++))
}

async function collect<T>(all: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const each of all) found.push(each)
  return found
}

/** The code of what a promise is rejected with; of one that is kept, `done`. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'done'
  } catch (error) {
    return String((error as { code?: unknown }).code ?? (error as Error).name)
  }
}

/** What is said of a bundle in short. */
export function sayBundle(bundle: Bundle): unknown {
  if (bundle.status === 'valid') return [bundle.modelId, 'valid']
  return [bundle.modelId, ...sayProblems(bundle)]
}

/** Codes and places of what is wrong with a bundle, or odd about it. */
export function sayProblems(bundle: Bundle): string[] {
  const all = bundle.status === 'valid' ? bundle.warnings : bundle.problems
  return all.map(({ code, file, at }) =>
    [code, file, at].filter((part) => part !== undefined && part !== '').join(' '),
  )
}

/** Waits until something is so. */
export async function until(isSo: () => boolean | Promise<boolean>, ms = 5_000): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    if (await isSo()) return true
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return isSo()
}
