import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { acquireLock, currentProcess, nameOfOwner, newLockOwner } from '@taskclf/durable-fs'
import { writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { openRegistry, type RepairQuestion, type RepairStep } from '../src/index.js'
import { opened, pointerOf } from './support.js'

const DEAD = () => nameOfOwner(newLockOwner({ ...currentProcess(), pid: 4_000_000 }))
const ELSEWHERE = () => nameOfOwner(newLockOwner({ ...currentProcess(), host: 'other', boot: 'other' }))
const said = (steps: readonly RepairStep[]) =>
  steps.map(({ step, outcome, code }) => `${step} ${outcome} ${code}`)

/** A registry with an active model and a current index, in which nothing is to be repaired. */
async function sound() {
  const { registry, models } = await opened({ actor: 'ops' })
  await registry.activate('run-a')
  await registry.activate('run-b')
  await registry.refreshIndex()
  return { registry, models, history: readFileSync(join(models, 'active_history.jsonl')) }
}

const historyOf = (models: string) => readFileSync(join(models, 'active_history.jsonl'))

function holdLock(models: string, lock: string, owner: string): string {
  const path = join(models, '.taskclf', lock, owner)
  mkdirSync(path, { recursive: true })
  return path
}

describe('repair', () => {
  it('changes nothing in a sound registry', async () => {
    const { registry, models, history } = await sound()
    const index = readFileSync(join(models, 'index.json'))
    const { steps, findings } = await registry.repair({ confirm: () => true })
    expect(steps).toEqual([])
    expect(findings.filter(({ level }) => level === 'error')).toEqual([])
    expect(historyOf(models)).toEqual(history)
    expect(readFileSync(join(models, 'index.json'))).toEqual(index)
  })

  it('breaks the locks of dead owners once that is confirmed, and asks for each', async () => {
    const { registry, models } = await sound()
    const held = [holdLock(models, 'active.lock', DEAD()), holdLock(models, 'publish.lock', DEAD())]
    const asked: RepairQuestion[] = []
    const { steps } = await registry.repair({ confirm: (question) => asked.push(question) > 1 })
    expect(asked.map(({ code }) => code)).toEqual(['lock_abandoned', 'lock_abandoned'])
    expect(said(steps)).toEqual(['locks declined lock_abandoned', 'locks repaired lock_abandoned'])
    expect(held.map((path) => existsSync(path))).toEqual([true, false])
  })

  it('breaks no lock that nobody agreed to break', async () => {
    const { registry, models } = await sound()
    const held = holdLock(models, 'active.lock', DEAD())
    const { steps, findings } = await registry.repair()
    expect(said(steps)).toEqual(['locks declined lock_abandoned'])
    expect(findings).toContainEqual(expect.objectContaining({ code: 'lock_abandoned' }))
    expect(existsSync(held)).toBe(true)
  })

  it('never breaks the lock of an owner that lives, or that cannot be judged from here', async () => {
    const { registry, models } = await sound()
    const lock = await acquireLock(join(models, '.taskclf', 'active.lock'))
    const elsewhere = holdLock(models, 'publish.lock', ELSEWHERE())
    const { steps, findings } = await registry.repair({ confirm: () => true })
    expect(steps).toEqual([])
    expect(await lock.isHeld()).toBe(true)
    expect(existsSync(elsewhere)).toBe(true)
    expect(findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['lock_held', 'lock_foreign_owner']),
    )
    await lock.release()
  })

  it('removes what dead processes left, and nothing of those that may live', async () => {
    const { registry, models } = await sound()
    const work = join(models, '.taskclf')
    const rejected = join(models, '..', 'rejected_models', '.staging')
    const left = [
      join(work, 'staging', DEAD()),
      join(rejected, DEAD()),
      join(work, `active.lock.new-${DEAD()}`),
      join(work, 'publish.lock.gone-x'),
      join(work, 'active.lock', '.gone-x'),
    ]
    const kept = [
      join(work, 'staging', nameOfOwner(newLockOwner(currentProcess()))),
      join(work, 'staging', ELSEWHERE()),
      join(work, `active.lock.new-${ELSEWHERE()}`),
      join(work, "somebody's"),
      join(models, '.hidden'),
    ]
    for (const path of [...left, ...kept]) mkdirSync(path, { recursive: true })
    const old = join(work, '.index.json.1.tmp')
    const young = join(work, '.index.json.2.tmp')
    for (const path of [old, young]) writeFileSync(path, '')
    utimesSync(old, 1, 1)
    const { steps, findings } = await registry.repair()
    expect(said(steps)).toEqual(['staging repaired staging_left', 'leftovers repaired leftovers'])
    expect([...left, old].filter((path) => existsSync(path))).toEqual([])
    expect([...kept, young].filter((path) => !existsSync(path))).toEqual([])
    for (const path of [...left, old]) expect(steps.map(({ message }) => message).join()).toContain(path)
    expect(findings.find(({ code }) => code === 'leftovers')?.message).toContain("somebody's")
  })

  it('leaves what is beside a lock that is held', async () => {
    const { registry, models } = await sound()
    holdLock(models, 'active.lock', ELSEWHERE())
    const remnant = join(models, '.taskclf', 'active.lock.gone-x')
    mkdirSync(remnant)
    expect((await registry.repair({ confirm: () => true })).steps).toEqual([])
    expect(existsSync(remnant)).toBe(true)
  })

  it('writes an index that is absent, damaged or stale, and keeps one that is current', async () => {
    const { registry, models } = await sound()
    const index = join(models, 'index.json')
    const becomes = async () => said((await registry.repair()).steps)
    rmSync(index)
    expect(await becomes()).toEqual(['index repaired index_absent'])
    writeBundle(models, 'run-d')
    expect((await registry.examine()).findings).toContainEqual(
      expect.objectContaining({ level: 'note', code: 'index_stale' }),
    )
    expect(await becomes()).toEqual(['index repaired index_stale'])
    rmSync(join(models, 'run-d'), { recursive: true })
    writeBundle(models, 'run-e')
    expect(await becomes()).toEqual(['index repaired index_stale'])
    for (const damage of ['{', '[]', '{"ranked":[],"excluded":7}']) {
      writeFileSync(index, damage)
      expect(await becomes(), damage).toEqual(['index repaired index_unusable'])
    }
    expect(await becomes()).toEqual([])
    // By which policy an index ranks is no damage of it.
    await registry.withdraw('run-c')
    expect(await becomes()).toEqual([])
  })

  it('goes on with the other steps where one fails, and says why', async () => {
    const { registry, models } = await sound()
    rmSync(join(models, 'index.json'))
    mkdirSync(join(models, 'index.json'))
    rmSync(join(models, '.taskclf', 'active.lock'), { recursive: true })
    writeFileSync(join(models, '.taskclf', 'active.lock'), '')
    const { steps } = await registry.repair()
    expect(said(steps)).toEqual([
      'locks failed ENOTDIR',
      'leftovers failed ENOTDIR',
      'index failed write_failed',
    ])
  })
})

describe('what a repair says and records', () => {
  it('names who held the lock, and what went with it', async () => {
    const { registry, models } = await sound()
    holdLock(models, 'active.lock', DEAD())
    mkdirSync(join(models, '.taskclf', 'active.lock.gone-x'))
    holdLock(models, 'publish.lock', DEAD())
    const { steps } = await registry.repair({ confirm: () => true })
    const who = `${currentProcess().host} pid 4000000`
    expect(steps.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        `^active.lock is held by ${who}, .*broken, and with it went: .*active.lock.gone-x$`,
      ),
      expect.stringMatching(`^publish.lock is held by ${who}, .*; the lock was broken$`),
    ])
  })

  it('breaks a dead owner beside one that cannot be judged, and leaves that one', async () => {
    const { registry, models } = await sound()
    const dead = holdLock(models, 'active.lock', DEAD())
    const elsewhere = holdLock(models, 'active.lock', ELSEWHERE())
    const { steps } = await registry.repair({ confirm: () => true })
    expect(said(steps)).toEqual(['locks failed lock_foreign_owner'])
    expect([dead, elsewhere].map((path) => existsSync(path))).toEqual([false, true])
  })

  it('records who repaired, and waits as long as the registry says', async () => {
    const { models } = await sound()
    truncateSync(join(models, 'active.json'), readFileSync(join(models, 'active.json')).length - 4)
    const now = () => new Date('2026-05-01T00:00:00Z')
    const registry = await openRegistry(models, { actor: 'nightly', now, lock: { timeoutMs: 1 } })
    const held = holdLock(models, 'active.lock', ELSEWHERE())
    const began = performance.now()
    const { steps } = await registry.repair()
    expect(said(steps)).toEqual(['pointer failed lock_foreign_owner'])
    expect(steps[0]?.message.split('; ').at(-1)).not.toBe('undefined')
    // By default it would be half a minute.
    expect(performance.now() - began).toBeLessThan(20_000)
    rmSync(held, { recursive: true })
    await registry.repair()
    const { entries } = await registry.history()
    expect(entries.at(-1)).toMatchObject({
      actor: 'nightly',
      source: 'repair',
      at: expect.stringMatching(/^2026-05-01/),
    })
  })

  it('lets an error through that is none of a step', async () => {
    const { registry, models } = await sound()
    holdLock(models, 'active.lock', DEAD())
    const confirm = () => {
      throw new RangeError('a mistake')
    }
    await expect(registry.repair({ confirm })).rejects.toBeInstanceOf(RangeError)
  })
})

describe('repair of the pointer', () => {
  it('writes a damaged pointer again where its bytes still name their line', async () => {
    const { registry, models, history } = await sound()
    const path = join(models, 'active.json')
    const whole = readFileSync(path, 'utf8')
    writeFileSync(path, whole.replace('"policy_version"', '"policy_"'))
    const { steps, findings } = await registry.repair()
    expect(said(steps)).toEqual(['pointer repaired pointer_restored'])
    expect(pointerOf(models)).toMatchObject({ model_id: 'run-b', source: 'repair', revision: 3 })
    expect(pointerOf(models).reason).toEqual(JSON.parse(whole).reason)
    expect(findings.filter(({ level }) => level !== 'note')).toEqual([])
    // The history goes on; none of its lines was touched.
    expect(historyOf(models).subarray(0, history.length)).toEqual(history)
  })

  it('asks before it follows a line that nothing confirms', async () => {
    const { registry, models } = await sound()
    rmSync(join(models, 'active.json'))
    const asked: RepairQuestion[] = []
    const no = await registry.repair({ confirm: (question) => asked.push(question) < 0 })
    expect(said(no.steps)).toEqual(['pointer declined pointer_unconfirmed'])
    expect(asked).toMatchObject([
      {
        step: 'pointer',
        code: 'pointer_unconfirmed',
        message: expect.stringContaining('run-b (revision 2)'),
      },
    ])
    expect(no.findings.find(({ code }) => code === 'no_pointer')?.advice).toContain('doctor --fix')
    expect(existsSync(join(models, 'active.json'))).toBe(false)
    const yes = await registry.repair({ confirm: () => true })
    expect(said(yes.steps)).toEqual(['pointer repaired pointer_restored'])
    expect(pointerOf(models).model_id).toBe('run-b')
    // The better one was not chosen by anybody.
    expect((await registry.select()).report.best?.bundle.modelId).toBe('run-c')
  })

  it('follows the line that the damaged pointer names, not the one of a switch that never ended', async () => {
    const { registry, models } = await sound()
    const before = readFileSync(join(models, 'active.json'), 'utf8')
    await registry.activate('run-c')
    writeFileSync(join(models, 'active.json'), before.slice(0, -20))
    await registry.repair()
    expect(pointerOf(models).model_id).toBe('run-b')
  })

  it('writes no pointer for a registry in which nothing was ever active', async () => {
    const { registry, models } = await opened()
    await registry.refreshIndex()
    expect((await registry.repair({ confirm: () => true })).steps).toEqual([])
    expect(existsSync(join(models, 'active.json'))).toBe(false)
  })

  it('chooses no other model where the last one must not serve, or the history names none', async () => {
    const { registry, models } = await sound()
    const pointer = join(models, 'active.json')
    appendFileSync(join(models, 'run-b', 'model.txt'), 'changed\n')
    truncateSync(pointer, 10)
    const failed = async () => said((await registry.repair({ confirm: () => true })).steps)
    expect(await failed()).toEqual(['pointer failed integrity_mismatch'])
    writeFileSync(join(models, 'run-b', 'metrics.json'), '{')
    expect(await failed()).toEqual(['pointer failed bundle_invalid'])
    rmSync(join(models, 'active_history.jsonl'))
    expect(await failed()).toEqual(['pointer failed pointer_corrupt'])
    expect(readFileSync(pointer).length).toBe(10)
  })

  it('tries the model with the checks of the registry, and holds it to the requirement', async () => {
    const { models } = await sound()
    truncateSync(join(models, 'active.json'), 10)
    const check = async () => ({ status: 'failed', code: 'load_failed', message: 'no' }) as const
    const checked = await openRegistry(models, { checks: { check } })
    expect(said((await checked.repair({ confirm: () => true })).steps)).toEqual([
      'pointer failed load_failed',
    ])
    const other = await openRegistry(models, { requirement: { schemas: [{ hash: 'ffffffffffff' }] } })
    const { steps } = await other.repair({ confirm: () => true })
    expect(said(steps).slice(0, 1)).toEqual(['pointer failed bundle_incompatible'])
  })

  it('replaces neither a link, a directory nor the pointer of a later version', async () => {
    const { registry, models } = await sound()
    const path = join(models, 'active.json')
    const whole = JSON.parse(readFileSync(path, 'utf8'))
    const failed = async () => said((await registry.repair({ confirm: () => true })).steps)
    writeFileSync(path, JSON.stringify({ ...whole, version: 9 }))
    expect(await failed()).toEqual(['pointer failed unsupported_version'])
    rmSync(path)
    mkdirSync(path)
    // It stands where a model could, so the index has it.
    expect(await failed()).toEqual(['pointer failed io', 'index repaired index_stale'])
    expect(readdirSync(path)).toEqual([])
  })

  it('leaves the pointer where its lock was not to be broken', async () => {
    const { registry, models } = await sound()
    truncateSync(join(models, 'active.json'), 10)
    const held = holdLock(models, 'active.lock', DEAD())
    const { steps } = await registry.repair({ confirm: ({ step }) => step === 'pointer' })
    expect(said(steps)).toEqual(['locks declined lock_abandoned', 'pointer declined lock_abandoned'])
    expect(existsSync(held)).toBe(true)
  })
})

describe('a history that cannot be read', () => {
  it('is a finding beside the others, and nothing is switched', async () => {
    const { registry, models } = await sound()
    const history = join(models, 'active_history.jsonl')
    rmSync(history)
    mkdirSync(history)
    mkdirSync(join(models, '.hidden'))
    const { findings } = await registry.examine()
    expect(findings[0]).toMatchObject({ level: 'error', code: 'history_unreadable' })
    expect(findings.map(({ code }) => code)).toContain('hidden_entries')
    truncateSync(join(models, 'active.json'), 10)
    const { steps } = await registry.repair({ confirm: () => true })
    // Which models are withdrawn is unknown as well.
    expect(said(steps)).toEqual(['pointer failed io', 'index failed io'])
  })
})
