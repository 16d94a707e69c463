import { join } from 'node:path'
import type { FileSystem } from '@taskclf/durable-fs'
import type { LocalValidBundle } from '@taskclf/registry-core'
import { checkChain, createCrashDisk, instrument } from '@taskclf/test-kit'
import { localStore, rollbackActive, type SwitchResult, writeActiveAtomic } from '../src/index.js'
import { bundleOf, modelsWith } from './support.js'

export type Disk = ReturnType<typeof createCrashDisk>

/** The bundles lie on the real disk, where only their being there is asked; all state is in the disk in memory. */
export interface Registry {
  models: string
  a: LocalValidBundle
  b: LocalValidBundle
  c: LocalValidBundle
}

/** A state of the models dir, and a switch to be made on it. */
export interface Scenario {
  name: string
  files?: (registry: Registry) => Record<string, string>
  prepare?: (registry: Registry, fileSystem: FileSystem) => Promise<unknown>
  act: (registry: Registry, fileSystem: FileSystem) => Promise<SwitchResult>
}

// The "killed" writer of these tests is this very process: it is overtaken as a stopped one.
const OVERTAKE = { staleAfterMs: 0 }

export const to = (registry: Registry, id: 'a' | 'b' | 'c', fileSystem: FileSystem): Promise<SwitchResult> =>
  writeActiveAtomic(localStore(registry.models, { fileSystem }), registry[id], {
    source: 'promotion',
    lock: OVERTAKE,
  })

const foreign = (registry: Registry): string =>
  `${JSON.stringify({ model_dir: 'models/run-c', selected_at: '2026-06-01T00:00:00+00:00', policy_version: 1, model_id: registry.c.modelId }, null, 2)}\n`

/** A switch that is killed where its staged pointer would have been renamed. */
async function killedBeforeRename(registry: Registry, fileSystem: FileSystem): Promise<void> {
  const counted = instrument(createCrashDisk({ dirs: [registry.models] }).fileSystem)
  await to(registry, 'b', counted.fileSystem)
  const rename = counted.steps.lastIndexOf('rename')
  const victim = instrument(fileSystem, new Map([[rename, 'kill' as const]]))
  await to(registry, 'c', victim.fileSystem).catch(() => {})
}

export const SCENARIOS: Scenario[] = [
  { name: 'the first switch ever', act: (r, fs) => to(r, 'a', fs) },
  {
    name: 'a later switch',
    prepare: async (r, fs) => [await to(r, 'a', fs), await to(r, 'b', fs)],
    act: (r, fs) => to(r, 'a', fs),
  },
  {
    name: "adoption of another program's first pointer",
    files: (r) => ({ [join(r.models, 'active.json')]: foreign(r) }),
    act: (r, fs) => to(r, 'a', fs),
  },
  {
    name: "after a killed writer's leftover lock",
    prepare: async (r, fs) => [await to(r, 'a', fs), await killedBeforeRename(r, fs)],
    act: (r, fs) => to(r, 'b', fs),
  },
  {
    name: 'the first switch ever, after a killed one',
    prepare: (r, fs) => killedBeforeRename(r, fs),
    act: (r, fs) => to(r, 'a', fs),
  },
  {
    name: 'a rollback',
    prepare: async (r, fs) => [await to(r, 'a', fs), await to(r, 'b', fs)],
    act: (r, fs) => rollbackActive(localStore(r.models, { fileSystem: fs }), { lock: OVERTAKE }),
  },
]

export async function newRegistry(): Promise<Registry> {
  const models = modelsWith('run-a', 'run-b', 'run-c')
  const [a, b, c] = await Promise.all(['run-a', 'run-b', 'run-c'].map((id) => bundleOf(models, id)))
  return { models, a, b, c } as Registry
}

/** The disk in the scenario's first state. */
export async function diskFor(
  scenario: Scenario,
  registry: Registry,
  beforeStep: (step: number, name: string) => void = () => {},
): Promise<Disk> {
  const disk = createCrashDisk({
    dirs: [registry.models],
    files: scenario.files?.(registry) ?? {},
    beforeStep: (step, name) => beforeStep(step, name),
  })
  await scenario.prepare?.(registry, disk.fileSystem)
  return disk
}

export const pointerText = (disk: Disk, { models }: Registry): string | undefined =>
  disk.bytesOf(join(models, 'active.json'))?.toString()

/** What the state of a disk is, as a word: a forbidden one throws. */
export function outcomeOf(
  disk: Disk,
  registry: Registry,
  before: string | undefined,
  after: string | undefined,
): 'old' | 'new' {
  const text = pointerText(disk, registry)
  const history = disk.bytesOf(join(registry.models, 'active_history.jsonl'))
  const checked = checkChain(text === undefined ? undefined : Buffer.from(text), history, true)
  if (!checked.ok) throw new Error(`forbidden: ${checked.why}\n${history}`)
  if (text === before) return 'old'
  if (text !== undefined && (after === undefined || text === after)) return 'new'
  throw new Error(`forbidden: neither the old pointer nor the new one: ${text}`)
}

/** The next writer: it must succeed, and go on with a higher revision. */
export async function goOn(disk: Disk, registry: Registry): Promise<void> {
  const before = JSON.parse(pointerText(disk, registry) ?? '{}') as { revision?: number }
  const { revision, version } = await to(registry, 'c', disk.fileSystem)
  if (!(revision > (before.revision ?? 0))) throw new Error(`forbidden: ${revision} after ${before.revision}`)
  outcomeOf(disk, registry, undefined, pointerText(disk, registry))
  if (!version.startsWith('sha256:')) throw new Error('forbidden: no version')
}
