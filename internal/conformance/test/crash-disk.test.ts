import { createHash } from 'node:crypto'
import type { FileSystem } from '@taskclf/durable-fs'
import { checkChain, type Fault, instrument, sampled, seededRandom } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { bundleFiles, CASES, type ConformanceCase, POINTER_CASES, runCase } from '../src/index.js'
import { type CrashSubject, crashSubject } from './crash-subject.js'
import { publishing } from './subjects.js'
import { verbs } from './verbs.js'

describe('a models dir on a disk that can lose its power', () => {
  it.each(POINTER_CASES)('passes after the power was lost: $name', async (one) => {
    const subject = crashSubject()
    expect((await runCase(one, subject, verbs)).answer).toEqual(one.answer)
    const [pointer, history] = [digest(subject.pointerBytes()), digest(subject.historyBytes())]
    for (const seed of [1, 2, 3]) {
      const after = subject.disk.crash(seededRandom(seed))
      const { location } = subject.store
      expect(digest(after.bytesOf(`${location}/active.json`))).toBe(pointer)
      expect(digest(after.bytesOf(`${location}/active_history.jsonl`))).toBe(history)
    }
  })
})

/** What stands for bytes, which are too many to be compared one by one. */
const digest = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && createHash('sha256').update(bytes).digest('hex')

/** Cases of one writer whose end is sound: what a fault may not spoil. */
const SOUND = [
  'numbers switches without gaps, each line naming the one before by its digest',
  "adopts another program's pointer with a line of its own",
  'goes back to the model before, with who and why, and withdraws the one that it leaves',
  'goes further back with each of two rollbacks',
  'withdraws a model with a line that says why, and keeps the active one',
  'decides again when another switches while the best is tried',
]
const FAULTS: readonly Fault[] = [{ errno: 'EIO' }, { errno: 'ENOSPC' }, 'short', 'kill']
/** Every so many steps one is taken: all kinds of fault together meet each fourth. */
const EVERY = 16

describe('a fault at a step', () => {
  it.each(SOUND)('leaves a pointer with its line, and lets the next writer in: %s', async (name) => {
    const one = CASES.find((each) => each.name === name) as ConformanceCase
    const sound = faulty(new Map())
    await runCase(one, sound.subject, verbs)
    const steps = sound.step()
    expect(steps).toBeGreaterThan(20)
    for (const [nth, fault] of FAULTS.entries())
      for (const step of sampled([...Array(steps).keys()], nth, EVERY)) {
        const { subject } = faulty(new Map([[step, fault]]))
        await runCase(one, subject, verbs).catch(() => {})
        const found = checkChain(subject.pointerBytes(), subject.historyBytes(), true)
        expect(found, `${JSON.stringify(fault)} at step ${step} of ${name}`).toMatchObject({ ok: true })
        await goOn(subject)
      }
  })
})

/** A store whose every step is counted, with faults at some of them. */
function faulty(faults: ReadonlyMap<number, Fault>) {
  let steps: readonly string[] = []
  const subject = crashSubject((disk: FileSystem) => {
    const instrumented = instrument(disk, faults)
    steps = instrumented.steps
    return instrumented.fileSystem
  })
  return { subject, step: () => steps.length }
}

/** The next writer, on the same disk. The killed one was this very process: it is overtaken as a stopped one. */
async function goOn({ store, disk, putBundle, pointerBytes, historyBytes }: CrashSubject): Promise<void> {
  putBundle('run-next', bundleFiles())
  const next = publishing(store.location, { fileSystem: disk.fileSystem })
  const bundle = await next.look().bundles.read('run-next')
  if (bundle.status === 'invalid') throw new Error('run-next is sound')
  await verbs.writeActiveAtomic(next, bundle, { source: 'promotion', lock: { staleAfterMs: 0 } })
  expect(checkChain(pointerBytes(), historyBytes())).toMatchObject({ ok: true })
}
