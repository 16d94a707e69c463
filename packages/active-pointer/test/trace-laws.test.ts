import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FileSystem, nodeFileSystem } from '@taskclf/durable-fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { localStore, readActive, readHistory, rollbackActive, writeActiveAtomic } from '../src/index.js'
import { bundleOf, modelsWith } from './support.js'

const IDS = ['run-a', 'run-b', 'run-c'] as const
const STALE = { lock: { staleAfterMs: 0 } }

type Step =
  | { do: 'switch' | 'killed switch' | 'foreign'; id: (typeof IDS)[number] }
  | { do: 'lose' | 'tear' | 'rollback' }

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('switch' as const), id: fc.constantFrom(...IDS) }) },
    fc.record({
      do: fc.constantFrom('killed switch' as const, 'foreign' as const),
      id: fc.constantFrom(...IDS),
    }),
    fc.record({ do: fc.constantFrom('lose' as const, 'tear' as const, 'rollback' as const) }),
  ),
  { minLength: 1, maxLength: 9 },
)

/** What really happened, told by who did it. */
interface Truth {
  served: Set<string>
  never: Set<string>
  /** The write that is active; undefined when nobody of ours can say. */
  active: string | undefined
  models: Set<string>
}

/** A switch whose process is gone before the pointer is replaced: its line is there, its pointer never was. */
async function killedSwitch(models: string, id: string): Promise<string[]> {
  const before = new Set((await readHistory(models)).entries.map(({ write_id }) => write_id))
  const dying: FileSystem = {
    ...nodeFileSystem,
    rename: async (from, to) => {
      if (to === join(models, 'active.json')) throw Object.assign(new Error('gone'), { code: 'EIO' })
      return nodeFileSystem.rename(from, to)
    },
  }
  const store = localStore(models, { fileSystem: dying })
  const options = { source: 'promotion', ...STALE } as const
  await expect(writeActiveAtomic(store, await bundleOf(models, id), options)).rejects.toMatchObject({
    code: 'io',
  })
  const { entries } = await readHistory(models)
  return entries.flatMap(({ write_id, source }) =>
    write_id === undefined || before.has(write_id) || source === 'external' ? [] : [write_id],
  )
}

let foreign = 0

async function take(models: string, step: Step, truth: Truth): Promise<void> {
  const path = join(models, 'active.json')
  if (step.do === 'switch') {
    const bundle = await bundleOf(models, step.id)
    const { line, pointer } = await writeActiveAtomic(models, bundle, { source: 'promotion', ...STALE })
    truth.active = line.write_id
    truth.served.add(line.write_id ?? '')
    truth.models.add(pointer.model_id)
  } else if (step.do === 'killed switch') {
    for (const id of await killedSwitch(models, step.id)) truth.never.add(id)
  } else if (step.do === 'foreign') {
    // No two are alike, as with clocks: a pointer put back from a backup is another matter.
    const selected_at = new Date(2e12 + foreign++).toISOString()
    const pointer = { model_dir: `models/${step.id}`, model_id: step.id, policy_version: 1, selected_at }
    writeFileSync(path, JSON.stringify(pointer))
    truth.active = undefined
    truth.models.add(step.id)
    // docs/decisions/0006: its predecessor is taken for the newest line, though that may be of a switch that was killed.
    for (const { new: pointer } of (await readHistory(models)).entries.slice(-1))
      truth.models.add(pointer.model_id)
    truth.never.clear()
  } else if (step.do === 'rollback') {
    const before = await readActive(models)
    const result = await rollbackActive(models, STALE).catch((error: { code: string }) => error.code)
    if (typeof result === 'string') {
      expect(['nothing_to_roll_back_to', 'no_active_pointer']).toContain(result)
      return
    }
    const { model_id } = result.pointer
    if (before.status === 'valid') expect(model_id).not.toBe(before.modelId)
    if (result.warnings.every(({ code }) => code !== 'unconfirmed_revision'))
      expect(truth.models).toContain(model_id)
    truth.active = result.line.write_id
    truth.served.add(result.line.write_id ?? '')
    truth.models.add(model_id)
  } else {
    truth.active = undefined
    if (step.do === 'lose') rmSync(path, { force: true })
    else if ((await readActive(models)).status === 'valid') truncateSync(path, 30)
  }
}

it('never loses what served, nor confirms what never did, whatever becomes of the pointer', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const models = modelsWith(...IDS)
      const truth: Truth = { served: new Set(), never: new Set(), active: undefined, models: new Set() }
      for (const step of taken) {
        await take(models, step, truth)
        const { entries } = await readHistory(models)
        const states = new Map(entries.map(({ write_id, state }) => [write_id, state]))
        for (const id of truth.served) expect(['visible', 'unconfirmed'], id).toContain(states.get(id))
        for (const id of truth.never) expect(states.get(id), id).not.toBe('visible')
        if (truth.active !== undefined) expect(states.get(truth.active)).toBe('visible')
      }
    }),
    { numRuns: Number(process.env.TASKCLF_TRACES ?? 150) },
  )
}, 600_000)
