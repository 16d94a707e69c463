// Power losses in memory: random switches with random faults; at every step of one of them the power goes, several
// times over. Arguments: how many crashes, seed, directory for the bundles. Prints its figures as one JSON line.
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { localStore, rollbackActive, type SwitchResult, writeActiveAtomic } from '@taskclf/active-pointer'
import type { FileSystem } from '@taskclf/durable-fs'
import { checkChain } from '../../internal/test-kit/src/chain.js'
import { type CrashDisk, createCrashDisk } from '../../internal/test-kit/src/crash-disk.js'
import { type Fault, instrument } from '../../internal/test-kit/src/faults.js'
import { seededRandom } from '../../internal/test-kit/src/random.js'
import { newModelsDir, pick } from './registry.js'

const [wanted, seed, below] = process.argv.slice(2) as [string, string, string]
const random = seededRandom(Number(seed))
const { models, bundles } = await newModelsDir(below)
const ACTIVE = join(models, 'active.json')
const HISTORY = join(models, 'active_history.jsonl')
const AT_EACH_STEP = 8
const FAULTS: Fault[] = ['kill', 'short', ...['EIO', 'ENOSPC', 'EACCES', 'EROFS'].map((errno) => ({ errno }))]
const figures = { crashes: 0, distinctStates: 0, oldPointer: 0, newPointer: 0, switches: 0, faultsBefore: 0 }

/** A switch or a rollback; the "killed" writers are this very process, so they are overtaken as stopped ones. */
function act(fileSystem: FileSystem): Promise<SwitchResult> {
  figures.switches++
  const options = { lock: { staleAfterMs: 0 } }
  const store = localStore(models, { fileSystem })
  if (random() < 0.15) return rollbackActive(store, options)
  return writeActiveAtomic(store, pick(bundles, random), {
    ...options,
    source: pick(['promotion', 'manual'], random),
  })
}

const failedAsItMay = (error: { code?: string }): undefined => {
  const may = ['io', 'overtaken', 'durability_unknown', 'nothing_to_roll_back_to', 'no_active_pointer']
  if (!may.includes(error.code ?? '') && error.code !== 'KILLED') throw error
}

function foreignPointer(): string {
  const id = pick(bundles, random).modelId
  return JSON.stringify({
    model_dir: `models/${id}`,
    selected_at: '2026-01-01T00:00:00+00:00',
    policy_version: 1,
    model_id: id,
  })
}

async function round(): Promise<void> {
  const crashed: CrashDisk[] = []
  let recording = false
  const lose = (): void => {
    for (let i = 0; i < AT_EACH_STEP; i++) crashed.push(disk.crash(random, i % 2 === 0 ? 'any' : 'journal'))
  }
  const disk: CrashDisk = createCrashDisk({
    dirs: [models],
    files: random() < 0.2 ? { [ACTIVE]: foreignPointer() } : {},
    beforeStep: () => recording && lose(),
  })
  // What was there before: whole switches, failed ones, killed ones.
  const pointers = new Set([textOf(disk)])
  for (let i = Math.floor(random() * 4); i > 0; i--) {
    const faults = new Map<number, Fault>()
    if (random() < 0.6) faults.set(Math.floor(random() * 34), pick(FAULTS, random))
    figures.faultsBefore += faults.size
    const done = await act(instrument(disk.fileSystem, faults).fileSystem).catch(failedAsItMay)
    if (done) pointers.clear()
    pointers.add(textOf(disk))
  }
  recording = true
  await act(disk.fileSystem).catch(failedAsItMay)
  recording = false
  pointers.add(textOf(disk))
  lose()
  figures.crashes += crashed.length
  const distinct = new Map(crashed.map((survivor) => [fingerprint(survivor), survivor]))
  figures.distinctStates += distinct.size
  for (const survivor of distinct.values()) await check(survivor, pointers, textOf(disk))
}

const textOf = (disk: CrashDisk): string | undefined => disk.bytesOf(ACTIVE)?.toString()

function fingerprint(disk: CrashDisk): string {
  const hash = createHash('sha1')
  for (const [path, bytes] of disk.list())
    hash
      .update(path)
      .update('\0')
      .update(bytes ?? '')
      .update('\0')
  return hash.digest('hex')
}

async function check(
  survivor: CrashDisk,
  pointers: Set<string | undefined>,
  last: string | undefined,
): Promise<void> {
  const text = textOf(survivor)
  if (!pointers.has(text)) throw new Error(`a pointer that never was: ${text}`)
  figures[text === last ? 'newPointer' : 'oldPointer']++
  expectChain(survivor)
  const before = (JSON.parse(text ?? '{}') as { revision?: number }).revision ?? 0
  const store = localStore(models, { fileSystem: survivor.fileSystem })
  const next = await writeActiveAtomic(store, pick(bundles, random), {
    source: 'manual',
    lock: { staleAfterMs: 0 },
  })
  if (!(next.revision > before)) throw new Error(`revision ${next.revision} after ${before}`)
  expectChain(survivor)
}

function expectChain(disk: CrashDisk): void {
  const checked = checkChain(disk.bytesOf(ACTIVE), disk.bytesOf(HISTORY), true)
  if (!checked.ok) throw new Error(`${checked.why}\n${textOf(disk)}\n${disk.bytesOf(HISTORY)}`)
}

const started = performance.now()
while (figures.crashes < Number(wanted)) await round()
rmSync(dirname(models), { recursive: true })
const seconds = Math.round((performance.now() - started) / 1000)
process.stdout.write(`${JSON.stringify({ ...figures, forbidden: 0, seconds })}\n`)
