// What a rig does where it can be had, and where it cannot; the rigs themselves are used by the tests that need them.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir } from '@taskclf/test-kit'
import { expect, it, onTestFinished, vi } from 'vitest'
import { openRig, provideRigs, type Rig } from '../../scripts/rig.mjs'
import { debsWith } from '../../scripts/rigs/install.mjs'
import { ROOT } from '../docs/code-blocks.js'

/** A rig of one program, which fails to install the first so many times. */
function rigOf({ failing = 0, needs = [] as Rig['needs'] } = {}) {
  const dir = scratchDir()
  const lock = join(dir, 'rig.lock')
  writeFileSync(lock, 'tool=1\n')
  let installs = 0
  const rig: Rig = {
    needs,
    lock,
    works: ['taskclf-tool'],
    install(_, to) {
      installs++
      writeProgram(join(to, 'bin/taskclf-tool'), '#!/bin/sh\n')
      if (installs <= failing) throw new Error(`no answer, ${installs}`)
    },
  }
  return { rig, cache: join(dir, 'cache'), installs: () => installs }
}

function writeProgram(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  chmodSync(path, 0o755)
}

const ABSENT = { name: 'a second moon', have: () => false }

it('probes every need first, and installs nothing where one is absent', () => {
  const needs = [ABSENT, { name: 'air', have: () => true }, { name: 'a sea', have: () => false }]
  const { rig, cache, installs } = rigOf({ needs })
  expect(openRig(rig, { install: true, cache })).toEqual({ why: 'needs a second moon, a sea' })
  expect([installs(), existsSync(cache)]).toEqual([0, false])
})

it('says in one line that a rig is absent, and fails only where rigs are required', () => {
  const { rig, cache } = rigOf({ needs: [ABSENT] })
  const said: string[] = []
  const say = (line: string) => said.push(line)
  expect(provideRigs({ telescope: rig }, { required: false, say, cache })).toBe(true)
  expect(provideRigs({ telescope: rig }, { required: true, say, cache })).toBe(false)
  expect(said).toEqual(Array(2).fill('rig telescope: absent, needs a second moon'))
})

it.each([
  ['', 0],
  ['require', 1],
])('exits with the rigs of %j missing by %i', (TASKCLF_RIGS, code) => {
  const env = { PATH: scratchDir(), TASKCLF_RIGS }
  const { status, stdout } = spawnSync(process.execPath, ['scripts/rig.mjs', 'strace'], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  })
  expect(stdout).toMatch(/^rig strace: absent, needs .*apt\n$/)
  expect(status).toBe(code)
})

it('tries three times', () => {
  const lucky = rigOf({ failing: 2 })
  const { dir } = openRig(lucky.rig, { install: true, cache: lucky.cache })
  expect([lucky.installs(), readdirSync(dir ?? '')]).toEqual([3, ['bin']])

  const unlucky = rigOf({ failing: 9 })
  const { why } = openRig(unlucky.rig, { install: true, cache: unlucky.cache })
  expect([unlucky.installs(), why]).toEqual([3, 'tried 3 times: no answer, 3'])
  expect(readdirSync(unlucky.cache)).toEqual([])
})

it('installs once for each lock file, and only when asked to', () => {
  const { rig, cache, installs } = rigOf()
  expect(openRig(rig, { cache })).toEqual({ why: 'not installed; npm run rig' })
  const first = openRig(rig, { install: true, cache })
  expect(openRig(rig, { cache })).toEqual(first)
  expect(openRig(rig, { install: true, cache })).toEqual(first)
  writeFileSync(rig.lock, 'tool=2\n')
  const second = openRig(rig, { install: true, cache })
  expect(second.dir).not.toBe(first.dir)
  expect([installs(), readdirSync(cache).length]).toEqual([2, 2])
})

it('installs again what no longer works', () => {
  const { rig, cache, installs } = rigOf()
  const { dir = '' } = openRig(rig, { install: true, cache })
  rmSync(join(dir, 'bin/taskclf-tool'))
  expect(openRig(rig, { install: true, cache })).toEqual({ dir })
  expect(installs()).toBe(2)
})

it('leaves alone a machine that has its own, where any version will do', () => {
  const { rig, cache, installs } = rigOf()
  expect(openRig({ ...rig, works: ['true'], ofTheMachine: true }, { install: true, cache })).toEqual({})
  expect(installs()).toBe(0)
})

it('unpacks only packages that have the hash of the lock file', () => {
  const dir = scratchDir()
  // apt, which gives whatever it has under that name, and an unpacker that takes anything.
  writeProgram(
    join(dir, 'bin/apt-get'),
    '#!/bin/sh\ncase "$*" in *download*) printf pinned >tool.deb ;; esac\n',
  )
  writeProgram(join(dir, 'bin/dpkg-deb'), '#!/bin/sh\nmkdir -p "$3/usr/bin" && cp "$2" "$3/usr/bin/tool"\n')
  vi.stubEnv('PATH', `${join(dir, 'bin')}:${process.env.PATH}`)
  onTestFinished(() => void vi.unstubAllEnvs())
  const lockOf = (hash: string) => {
    const lock = join(scratchDir(), 'lock')
    writeFileSync(lock, `# a tool\ndeb http://127.0.0.1/debian stable main\ntool=1.0-1 sha256:${hash}\n`)
    return lock
  }
  const install = debsWith('usr/bin/tool')
  const [bad, good] = [scratchDir(), scratchDir()]
  expect(() => install(lockOf('0'.repeat(64)), bad)).toThrow('tool=1.0-1')
  expect(existsSync(join(bad, 'usr'))).toBe(false)
  install(lockOf(createHash('sha256').update('pinned').digest('hex')), good)
  expect(readFileSync(join(good, 'usr/bin/tool'), 'utf8')).toBe('pinned')
  expect(readdirSync(good).sort()).toEqual(['bin', 'usr'])
})
