import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FileSystem, nodeFileSystem } from '@taskclf/durable-fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type HistoryWarning, localStore, readHistory, writeActiveAtomic } from '../src/index.js'
import { bundleOf, modelsWith } from './support.js'

const IDS = ['run-a', 'run-b', 'run-c'] as const
type Step = { do: 'switch' | 'killed' | 'foreign' | 'lose' | 'tear'; id: (typeof IDS)[number] }

const steps = fc.array(
  fc.record({
    do: fc.constantFrom<Step['do']>('switch', 'switch', 'switch', 'killed', 'foreign', 'lose', 'tear'),
    id: fc.constantFrom(...IDS),
  }),
  { minLength: 1, maxLength: 8 },
)

let foreign = 0

async function take(models: string, step: Step): Promise<void> {
  const path = join(models, 'active.json')
  if (step.do === 'switch') await switchTo(models, step.id)
  else if (step.do === 'killed')
    await expect(switchTo(models, step.id, withoutRename(path))).rejects.toMatchObject({ code: 'io' })
  else if (step.do === 'lose') rmSync(path, { force: true })
  else if (step.do === 'tear') writeFileSync(path, '{"model_dir": "mod')
  else {
    const selected_at = new Date(2e12 + foreign++).toISOString()
    const pointer = { model_dir: `models/${step.id}`, model_id: step.id, policy_version: 1, selected_at }
    writeFileSync(path, JSON.stringify(pointer))
  }
}

async function switchTo(models: string, id: string, fileSystem?: FileSystem): Promise<void> {
  const store = localStore(models, fileSystem && { fileSystem })
  const options = { source: 'promotion', lock: { staleAfterMs: 0 } } as const
  await writeActiveAtomic(store, await bundleOf(models, id), options)
}

/** A process that is gone before the pointer is replaced. */
const withoutRename = (path: string): FileSystem => ({
  ...nodeFileSystem,
  rename: async (from, to) => {
    if (to === path) throw Object.assign(new Error('gone'), { code: 'EIO' })
    return nodeFileSystem.rename(from, to)
  },
})

const DAMAGE: readonly HistoryWarning['code'][] = ['history_altered', 'history_cut', 'pointer_altered']
const damageIn = async (models: string) =>
  (await readHistory(models)).warnings.filter(({ code }) => DAMAGE.includes(code))

/** Every line that was ever active, with the place of its bytes in the file. */
async function visibleIn(models: string, bytes: Buffer) {
  const { entries } = await readHistory(models)
  const starts = [0]
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) starts.push(at + 1)
  return entries
    .filter(({ visible }) => visible)
    .map(({ line }) => ({
      number: line,
      start: starts[line - 1] as number,
      end: (starts[line] as number) - 1,
    }))
}

it('finds and names one flipped bit of a line that was active, and nothing without one', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.constantFrom(...IDS), fc.nat(), async (taken, last, seed) => {
      const models = modelsWith(...IDS)
      for (const step of taken) {
        await take(models, step)
        expect(await damageIn(models)).toEqual([])
      }
      await switchTo(models, last)
      const { warnings } = await readHistory(models)
      expect(warnings.filter(({ code }) => code !== 'pointer_lost')).toEqual([])
      const path = join(models, 'active_history.jsonl')
      const bytes = readFileSync(path)
      for (const [i, { number, start, end }] of (await visibleIn(models, bytes)).entries()) {
        const at = start + ((seed + i * 7919) % (end - start))
        const flipped = Buffer.from(bytes)
        flipped[at] = (flipped[at] as number) ^ (1 << ((seed + i) % 8))
        writeFileSync(path, flipped)
        expect(await damageIn(models), `bit ${(seed + i) % 8} of byte ${at}`).toContainEqual(
          expect.objectContaining({ code: 'history_altered', line: number }),
        )
      }
    }),
    { numRuns: Number(process.env.TASKCLF_CHAINS ?? 60) },
  )
}, 600_000)

it('covers every bit of a line that was active, also after the next switch', async () => {
  const models = modelsWith(...IDS)
  for (const id of IDS) await switchTo(models, id)
  const path = join(models, 'active_history.jsonl')
  const bytes = readFileSync(path)
  for (const { number, start, end } of await visibleIn(models, bytes))
    for (let at = start; at < end; at++) {
      const flipped = Buffer.from(bytes)
      flipped[at] = (flipped[at] as number) ^ (1 << (at % 8))
      writeFileSync(path, flipped)
      expect(await damageIn(models), `byte ${at}`).toContainEqual(
        expect.objectContaining({ code: 'history_altered', line: number }),
      )
    }
}, 120_000)
