import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { localStore } from '@taskclf/active-pointer'
import { currentProcess, nameOfOwner, newLockOwner, nodeFileSystem } from '@taskclf/durable-fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { promote, publishBundle } from '../src/index.js'
import { candidateIn, errorOf, expectWhole, place, scored, seen, staged } from './support.js'

/** The number of a process that is gone. */
const gone = () => spawnSync(process.execPath, ['-e', '']).pid
const owner = (over: object) => nameOfOwner({ ...newLockOwner(currentProcess()), ...over })

function leave(staging: string, name: string): string {
  mkdirSync(join(staging, name, 'run-9', 'deep'), { recursive: true })
  writeFileSync(join(staging, name, 'run-9', 'deep', 'model.txt'), 'half a mod')
  return name
}

const fails = (key: 'rename' | 'rmdir', path: (path: string) => boolean) => ({
  ...nodeFileSystem,
  [key]: async (from: string, to: string) => {
    if (path(from)) throw Object.assign(new Error('no'), { code: 'EIO' })
    await nodeFileSystem[key](from, to)
  },
})

describe('what others left in staging', () => {
  it('is removed when its owner is gone, and never otherwise', async () => {
    const { base, models, rejected } = place()
    for (const [dir, refused] of [
      [join(models, '.taskclf', 'staging'), false],
      [join(rejected, '.staging'), true],
    ] as const) {
      leave(dir, owner({ pid: gone() }))
      const kept = [
        leave(dir, owner({})),
        leave(dir, owner({ pid: process.ppid, startTime: '' })),
        leave(dir, owner({ host: 'another', boot: 'b', pid: gone() })),
        leave(dir, owner({ pidNamespace: '1', pid: gone() })),
        leave(dir, 'of nobody we know'),
      ]
      writeFileSync(join(dir, 'a file'), '')
      const metrics = { acceptance_pass: !refused }
      const id = refused ? 'run-2' : 'run-1'
      const { outcome } = await promote({
        candidateDir: candidateIn(base, id, { metrics }),
        modelsDir: models,
      })
      expect(outcome).toBe(refused ? 'rejected' : 'promoted')
      expect(readdirSync(dir).sort()).toEqual([...kept, 'a file'].sort())
    }
  }, 20_000)
})

describe('what this process cannot remove', () => {
  it('leaves its own staging for a later promotion, and the bundle is published all the same', async () => {
    const { base, models } = place()
    const fileSystem = fails('rmdir', (path) => path.includes('/staging/'))
    const published = await publishBundle({
      candidateDir: scored(base, 'run-1', 0.9),
      modelsDir: localStore(models, { fileSystem }),
    })
    expect(published.modelId).toBe('run-1')
    expect(await expectWhole(models)).toEqual(['run-1'])
    expect(staged(models)).toHaveLength(1)
  })

  it('leaves its lock to the next publisher to break', async () => {
    const { base, models } = place()
    const fileSystem = fails('rmdir', (path) => path.includes('publish.lock'))
    await publishBundle({
      candidateDir: scored(base, 'run-1', 0.9),
      modelsDir: localStore(models, { fileSystem }),
    })
    const next = { candidateDir: scored(base, 'run-2', 0.9), modelsDir: models }
    expect((await errorOf(publishBundle({ ...next, lock: { timeoutMs: 20 } }))).code).toBe('lock_timeout')
    await publishBundle({ ...next, lock: { staleAfterMs: 0 } })
    expect(await expectWhole(models)).toEqual(['run-1', 'run-2'])
  })

  it("waits for and names a lock of another host's publisher, and never breaks it", async () => {
    const { base, models } = place()
    mkdirSync(join(models, '.taskclf', 'publish.lock', owner({ host: 'another', boot: 'b' })), {
      recursive: true,
    })
    const candidateDir = scored(base, 'run-1', 0.9)
    const error = await errorOf(publishBundle({ candidateDir, modelsDir: models, lock: { timeoutMs: 20 } }))
    expect([error.code, seen(models), staged(models)]).toEqual(['lock_foreign_owner', [], []])
  })
})

it('does not keep a rejected candidate that cannot be moved aside, nor its staging', async () => {
  const { base, models, rejected } = place()
  const fileSystem = fails('rename', (path) => path.includes('.staging'))
  const candidateDir = candidateIn(base, 'run-1', { metrics: { acceptance_pass: false } })
  const result = await promote({ candidateDir, modelsDir: localStore(models, { fileSystem }) })
  expect(result).toMatchObject({ outcome: 'rejected', warnings: [{ code: 'rejected_not_kept' }] })
  expect([seen(rejected), readdirSync(join(rejected, '.staging'))]).toEqual([[], []])
  const stuck = fails('rmdir', (path) => path.includes('.staging'))
  const kept = await promote({ candidateDir, modelsDir: localStore(models, { fileSystem: stuck }) })
  expect(kept.rejectedDir).toBe(join(rejected, 'run-1'))
})

it("reports in the result's warnings what is odd about a candidate", async () => {
  const { base, models } = place()
  const metrics = {
    label_names: ['BreakIdle', 'Build'],
    confusion_matrix: [
      [9, 1],
      [1, 9],
    ],
  }
  const candidateDir = candidateIn(base, 'run-1', { metrics: { ...metrics, breakidle_precision: 0.97 } })
  const { warnings } = await promote({ candidateDir, modelsDir: models })
  expect(warnings.map(({ code }) => code)).toContain('candidate_warning')
})

it('makes a bundle as readable as the models dir, though the private directory is closed', async () => {
  const { base, models } = place()
  chmodSync(models, 0o755)
  mkdirSync(join(models, '.taskclf'), { mode: 0o700 })
  const candidateDir = scored(base, 'run-1', 0.9)
  const before = process.umask(0o077)
  onTestFinished(() => void process.umask(before))
  const { path } = await publishBundle({ candidateDir, modelsDir: models })
  const modes = ['', ...readdirSync(path)].map((name) => statSync(join(path, name)).mode & 0o044)
  expect(new Set(modes)).toEqual(new Set([0o044]))
})
