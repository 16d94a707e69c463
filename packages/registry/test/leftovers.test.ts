import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { acquireLock, currentProcess, nameOfOwner, newLockOwner } from '@taskclf/durable-fs'
import { writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../src/index.js'
import { opened } from './support.js'

const self = currentProcess()
const ownedBy = (over: Partial<typeof self>) => nameOfOwner(newLockOwner({ ...self, ...over }))
const DEAD = { pid: 4_000_000 }
const ELSEWHERE = { host: 'other', boot: 'other' }
const CONTAINED = { pidNamespace: '1' }

const ABOUT = ['lock_held', 'lock_abandoned', 'lock_foreign_owner', 'staging_left', 'leftovers']
const MORE = ['hidden_entries', 'not_a_bundle']

async function examined() {
  const { registry, models } = await opened()
  await registry.activate('run-b')
  await registry.refreshIndex()
  const find = async () => {
    const { findings } = await registry.examine()
    return findings.filter(({ code }) => [...ABOUT, ...MORE].includes(code) || code.startsWith('index_'))
  }
  return { models, work: join(models, '.taskclf'), find, registry }
}

const only = (findings: readonly Finding[]) =>
  findings.map(({ level, code, message }) => `${level} ${code}: ${message}`)

describe('what killed processes leave', () => {
  it('is not found where nobody left anything', async () => {
    const { find } = await examined()
    expect(await find()).toEqual([])
  })

  it.each([
    ['publish.lock', DEAD, `note lock_abandoned: ${self.host} pid 4000000 was killed`, 'publish'],
    ['active.lock', DEAD, `note lock_abandoned: ${self.host} pid 4000000 was killed`, 'switch'],
    [
      'active.lock',
      ELSEWHERE,
      `warning lock_foreign_owner: other pid ${self.pid} holds active.lock`,
      'remove',
    ],
    ['active.lock', CONTAINED, 'which runs in another container', 'switch'],
  ] as const)('is reported: %s by its owner %o', async (lock, owner, says, does) => {
    const { work, find } = await examined()
    mkdirSync(join(work, lock, ownedBy(owner)), { recursive: true })
    const findings = await find()
    expect(only(findings)).toEqual([expect.stringContaining(says)])
    expect(findings[0]?.advice).toContain(does)
    const level = owner === ELSEWHERE ? 'warning' : 'note'
    expect(findings[0]?.level).toBe(level)
  })

  it('is reported a lock whose entry names nobody', async () => {
    const { work, find } = await examined()
    mkdirSync(join(work, 'active.lock', 'what is this'), { recursive: true })
    expect(only(await find())).toEqual([
      'note lock_held: active.lock holds what is this, which names no owner',
    ])
  })

  it('is not a lock that is held by a process at work', async () => {
    const { work, find } = await examined()
    const lock = await acquireLock(join(work, 'active.lock'))
    expect(only(await find())).toEqual([`note lock_held: ${self.host} pid ${self.pid} is about to switch`])
    expect((await find())[0]?.advice).toBe('wait for it')
    await lock.release()
  })

  it('is named where candidates are staged, but for those of the living', async () => {
    const { work, models, find } = await examined()
    const staging = [join(work, 'staging'), join(models, '..', 'rejected_models', '.staging')]
    for (const dir of staging) mkdirSync(join(dir, ownedBy({})), { recursive: true })
    expect(await find()).toEqual([])
    for (const dir of staging) mkdirSync(join(dir, ownedBy(DEAD)))
    const dead = await find()
    expect(dead.map(({ level, code }) => `${level} ${code}`)).toEqual(Array(2).fill('note staging_left'))
    for (const { message, advice } of dead) {
      expect(message).toMatch(/^1 staged candidate of killed promotions in /)
      expect(advice).toContain('doctor --fix')
    }
    mkdirSync(join(staging[0] as string, ownedBy(ELSEWHERE)))
    mkdirSync(join(staging[1] as string, 'nobody'))
    for (const { message, advice } of await find()) {
      expect(message).toMatch(/^2 staged candidates/)
      expect(advice).toContain('remove the rest')
    }
  })

  it('is named beside the locks, and in the models dir', async () => {
    const { work, models, find } = await examined()
    mkdirSync(join(work, 'active.lock.gone-x'))
    mkdirSync(join(models, '.hidden'))
    mkdirSync(join(models, 'lost+found'))
    expect(only(await find())).toEqual([
      'note leftovers: 1 leftover in .taskclf: active.lock.gone-x',
      'note hidden_entries: hidden entries in the models dir: .hidden',
      'note not_a_bundle: 1 directory of the models dir have nothing of a bundle: lost+found',
    ])
  })
})

describe('an index', () => {
  it('is found where it misleads, and not where it is absent', async () => {
    const { models, find } = await examined()
    writeBundle(models, 'run-d')
    expect(only(await find())).toEqual(['note index_stale: index.json lists other models than are there'])
    writeFileSync(join(models, 'index.json'), '{')
    expect(only(await find())).toEqual(['note index_unusable: index.json cannot be read as an index'])
    rmSync(join(models, 'index.json'))
    expect(await find()).toEqual([])
  })
})
