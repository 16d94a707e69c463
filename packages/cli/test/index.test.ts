import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Doctor, IndexRefresh, TrainList } from '@taskclf/documents'
import { acquireLock, currentProcess, nameOfOwner, newLockOwner } from '@taskclf/durable-fs'
import { metricsOf, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { binary, taskclf } from './support/taskclf.js'
import { candidate, place } from './support/trainers.js'

const list = async (dir: string) =>
  (await taskclf<TrainList>(['train', 'list', '--all', '--json'], { cwd: dir })).json.bundles

describe('index refresh', () => {
  it('writes the ranking, and train list says the same with and without it', async () => {
    const { dir, models } = place()
    for (const [id, macro_f1] of [
      ['a', 0.8],
      ['b', 0.9],
    ] as const)
      writeBundle(models, id, { metrics: { macro_f1 } })
    writeBundle(models, 'low', { metrics: { breakidle_precision: 0.1 } })
    writeBundle(models, 'bad', { files: { 'metrics.json': null } })
    const before = await list(dir)
    const { code, json } = await binary<IndexRefresh>(['index', 'refresh', '--json'], { cwd: dir })
    expect(code).toBe(0)
    expect(json).toMatchObject({
      file: join(models, 'index.json'),
      bundles: 4,
      eligible: 2,
      excluded: 2,
      best: 'b',
    })
    expect(await list(dir)).toEqual(before)
    const { stdout } = await taskclf(['index', 'refresh'], { cwd: dir })
    expect(stdout).toMatch(/best +b/)
  })

  it('is believed by nobody once a bundle has changed, and is of no weight when broken', async () => {
    const { dir, models } = place()
    const path = writeBundle(models, 'a', { metrics: { macro_f1: 0.8 } })
    await taskclf(['index', 'refresh'], { cwd: dir })
    const file = join(path, 'metrics.json')
    const { mtime, atime } = statSync(file)
    const metrics = `${JSON.stringify(metricsOf({ macro_f1: 0.7 }), null, 2)}\n`
    writeFileSync(file, metrics)
    utimesSync(file, atime, mtime)
    expect((await list(dir))[0]?.macro_f1).toBe(0.7)
    writeFileSync(join(models, 'index.json'), '{"broken')
    expect((await list(dir))[0]?.macro_f1).toBe(0.7)
    rmSync(path, { recursive: true })
    expect(await list(dir)).toEqual([])
  })

  it('needs a models dir', async () => {
    const { dir } = place()
    const { code, json } = await taskclf(['index', 'refresh', '--models-dir', 'none', '--json'], { cwd: dir })
    expect([code, json.error.code]).toEqual([3, 'models_dir_missing'])
  })
})

describe('doctor, of promotions', () => {
  const dead = () => nameOfOwner(newLockOwner({ ...currentProcess(), pid: 4_000_000 }))
  const codesIn = async (dir: string) => {
    const { json } = await taskclf<Doctor>(['doctor', '--json'], { cwd: dir })
    return json.findings
  }

  it('has nothing to say after one that went well, or is under way', async () => {
    const { dir, models } = place()
    await taskclf(['train', 'promote', candidate(dir, 'a')], { cwd: dir })
    await taskclf(['train', 'promote', candidate(dir, 'worse', 0.5)], { cwd: dir })
    mkdirSync(join(models, '.taskclf', 'staging', nameOfOwner(newLockOwner(currentProcess()))))
    const codes = (await codesIn(dir)).map(({ code }) => code)
    for (const code of ['leftovers', 'staging_left', 'hidden_entries']) expect(codes).not.toContain(code)
    const lock = await acquireLock(join(models, '.taskclf', 'publish.lock'))
    expect((await codesIn(dir)).find(({ code }) => code === 'lock_held')?.message).toContain('publish')
    await lock.release()
  })

  it('finds what killed ones left, which the next clears', async () => {
    const { dir, models } = place()
    const left = join(models, '.taskclf', 'staging', dead())
    mkdirSync(join(left, 'half'), { recursive: true })
    const found = (await codesIn(dir)).find(({ code }) => code === 'staging_left')
    expect(found).toMatchObject({
      level: 'note',
      advice: expect.stringContaining('the next promotion clears it'),
    })
    mkdirSync(join(dir, 'rejected_models', '.staging', 'of nobody'), { recursive: true })
    const rejected = (await codesIn(dir)).filter(({ code }) => code === 'staging_left')
    expect(rejected).toHaveLength(2)
    await taskclf(['train', 'promote', candidate(dir, 'a')], { cwd: dir })
    expect((await codesIn(dir)).filter(({ code }) => code === 'staging_left')).toHaveLength(1)
  })
})
