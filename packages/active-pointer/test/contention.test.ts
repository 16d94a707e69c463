import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { EXHAUSTIVE } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { readActive, readHistory, writeActiveAtomic } from '../src/index.js'
import {
  bundleOf,
  expectUnbrokenChain,
  modelsWith,
  outputOf,
  pointerOf,
  printed,
  program,
} from './support.js'

/** The torture does two hundred thousand, and ten thousand kills. */
const SWITCHES = EXHAUSTIVE ? 200 : 50
const KILLS = EXHAUSTIVE ? 300 : 80

describe('many processes on one models dir', () => {
  it(`keeps every update of 8 writers × ${SWITCHES} switches: no error, no gap, readers see only whole pointers`, async () => {
    const models = modelsWith('run-a', 'run-b', 'run-c', 'run-d', 'run-e')
    const first = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), { source: 'manual' })
    expect(first.revision).toBe(1)
    const readers = [program('reader', models), program('reader', models)]
    const writers = Array.from({ length: 8 }, (_, i) =>
      program('switcher', models, String(i === 0 ? SWITCHES - 1 : SWITCHES), String(i)),
    )
    const readersSaid = readers.map(outputOf)
    await Promise.all(readers.map((reader) => printed(reader, 'ready')))
    const writersSaid = writers.map(outputOf)
    for (const writer of writers) writer.stdin?.write('go\n')
    const results = (await Promise.all(writersSaid)).map(
      (text) => JSON.parse(text) as { revisions: number[]; errors: number },
    )
    for (const reader of readers) reader.stdin?.write('stop\n')

    expect(results.map(({ errors }) => errors)).toEqual(Array(8).fill(0))
    const revisions = [1, ...results.flatMap((result) => result.revisions)].sort((a, b) => a - b)
    expect(revisions).toEqual(Array.from({ length: 8 * SWITCHES }, (_, i) => i + 1))
    const chain = expectUnbrokenChain(models)
    expect(chain.map((line) => line.revision)).toEqual(revisions)
    for (const text of await Promise.all(readersSaid)) {
      const seen = JSON.parse(text.split('\n')[1] as string)
      expect(seen).toMatchObject({ absent: 0, corrupt: 0, backwards: 0 })
      expect(seen.reads).toBeGreaterThan(20)
    }
    expect(readdirSync(join(models, '.taskclf'))).toEqual(['active.lock'])
  }, 240_000)

  it(`leaves old or new, its lines, and no obstacle when a writer is killed at ${KILLS} random moments`, async () => {
    const models = modelsWith('run-a', 'run-b', 'run-c')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), { source: 'manual' })
    const next = await bundleOf(models, 'run-b')
    let kills = 0
    let answered = 0
    while (kills < KILLS) {
      const before = pointerOf(models).revision as number
      // Several victims at once, so that some are killed while they wait and some while they break a lock.
      const victims = Array.from({ length: 4 }, () => program('endless-switcher', models))
      const said = victims.map(outputOf)
      await Promise.all(victims.map((victim) => printed(victim, 'ready')))
      for (const victim of victims) {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 12))
        victim.kill('SIGKILL')
        kills++
      }
      const reported = (await Promise.all(said)).flatMap((text) => {
        // Nothing but revisions: an error would be here.
        expect(text).toMatch(/^ready\n(\d+\n)*$/)
        return text.split('\n').slice(1).filter(Boolean).map(Number)
      })
      answered += reported.length
      const after = pointerOf(models).revision as number
      expect(after).toBeGreaterThanOrEqual(Math.max(before, ...reported))
      const chain = expectUnbrokenChain(models)
      const visible = new Set(chain.map((line) => line.revision))
      // What was answered as switched is in the chain for ever.
      expect(reported.filter((revision) => !visible.has(revision))).toEqual([])
      // Nothing here may wait for a living owner to count as stopped: dead ones are broken at once or the lock times out.
      const lock = { staleAfterMs: 3_600_000, timeoutMs: 60_000 }
      const { revision } = await writeActiveAtomic(models, next, { source: 'manual', lock })
      expect(revision).toBeGreaterThan(after)
    }
    expect(answered).toBeGreaterThan(0)
    const { entries, problems } = await readHistory(models)
    // Each kill cuts one line at most, and none is left without an end.
    expect(problems.length).toBeLessThanOrEqual(kills)
    expect(problems.filter(({ code }) => code !== 'malformed_line')).toEqual([])
    expect(entries.filter(({ visible }) => visible).length).toBe(expectUnbrokenChain(models).length)
    expect(readdirSync(join(models, '.taskclf'))).toEqual(['active.lock'])
  }, 240_000)

  it('does not overwrite the newer pointer when a holder was stopped and overtaken', async () => {
    const models = modelsWith('run-a', 'run-b', 'run-c')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), { source: 'manual' })
    const paused = program('paused-switcher', models, 'run-b')
    const said = outputOf(paused)
    await printed(paused, 'before rename')
    const overtaking = await writeActiveAtomic(models, await bundleOf(models, 'run-c'), {
      source: 'manual',
      lock: { staleAfterMs: 300 },
    })
    expect(overtaking.warnings).toMatchObject([{ code: 'lock_broken' }])
    paused.kill('SIGCONT')
    expect(await said).toContain('overtaken')
    expect(await readActive(models)).toMatchObject({ modelId: 'run-c', version: overtaking.version })
    const { entries } = await readHistory(models)
    expect(entries.map(({ new: { model_id }, state }) => [model_id, state])).toEqual([
      ['run-a', 'visible'],
      ['run-b', 'aborted'],
      ['run-c', 'visible'],
    ])
    expectUnbrokenChain(models)
    expect(existsSync(join(models, '.taskclf', 'active.lock'))).toBe(true)
  })
})
