import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bundleFile, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import {
  currentProcess,
  isOnThisKernel,
  isProcessAlive,
  nameOfOwner,
  newLockOwner,
  ownerOfName,
  processStartTime,
  standingOfOwner,
} from '../src/index.js'
import { deadPid } from './lock-support.js'

const here = currentProcess()

describe('owner names', () => {
  it('carries the whole identity', () => {
    const owner = newLockOwner(currentProcess())
    expect(ownerOfName(nameOfOwner(owner))).toEqual(owner)
  })

  it.each(['', 'a~b', 'h~m~b~n~0~s~t', 'h~m~b~n~x~s~t', 'h~m~b~n~1~s~', 'h~m~b~n~1~s~t~more'])(
    'refuses %j',
    (name) => {
      expect(ownerOfName(name)).toBeUndefined()
    },
  )
})

describe('isProcessAlive', () => {
  it('knows this process, a dead one, an earlier boot and an earlier owner of the number', async () => {
    expect(isProcessAlive(here)).toBe('alive')
    expect(isProcessAlive({ ...here, pid: await deadPid() })).toBe('dead')
    expect(isProcessAlive({ ...here, startTime: '1' })).toBe('dead')
    expect(isProcessAlive({ ...here, startTime: '' })).toBe('alive')
    const named = { ...here, machine: 'm' }
    expect(isProcessAlive({ ...named, boot: 'earlier' }, named)).toBe('dead')
    const nameless = { ...here, machine: '' }
    expect(isProcessAlive({ ...nameless, boot: 'earlier' }, nameless)).toBe('unknown')
  })

  it('considers no process dead that wrote down no boot id, or whose boot id cannot be compared', () => {
    const named = { ...here, machine: 'm' }
    expect(isProcessAlive({ ...named, boot: '' }, named)).toBe('unknown')
    expect(isProcessAlive({ ...named, boot: 'some' }, { ...named, boot: '' })).toBe('unknown')
  })

  it('cannot say anything of a process in another PID namespace, whatever its number means here', async () => {
    const elsewhere = { ...here, pidNamespace: '1', pid: await deadPid() }
    expect(isProcessAlive(elsewhere)).toBe('unknown')
    expect(isProcessAlive({ ...elsewhere, pid: process.pid, startTime: '1' })).toBe('unknown')
  })

  it('judges by number a process that shares kernel and PID namespace, under any host name', async () => {
    const renamed = { ...here, host: 'renamed', machine: '' }
    expect(isProcessAlive(renamed)).toBe('alive')
    expect(isProcessAlive({ ...renamed, pid: await deadPid() })).toBe('dead')
  })

  it('takes a killed process that nobody has waited for yet as dead', async () => {
    // The shell starts a child, lets it die and never waits.
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 5'])
    const pid = Number(
      await new Promise<string>((resolve) =>
        parent.stdout.once('data', (d: Buffer) => resolve(d.toString())),
      ),
    )
    const stat = () => readFileSync(`/proc/${pid}/stat`, 'utf8')
    while (!stat().includes(') Z ')) await new Promise((resolve) => setTimeout(resolve, 5))
    const startTime = stat()
      .slice(stat().lastIndexOf(')') + 2)
      .split(' ')[19] as string
    expect(isProcessAlive({ ...here, pid, startTime })).toBe('dead')
    parent.kill('SIGKILL')
  })
})

describe('isOnThisKernel', () => {
  it.each([
    ['this process', {}, true],
    ['a container', { pidNamespace: '1', host: 'c0ffee', machine: '' }, true],
    ['another boot', { boot: 'other' }, false],
    ['a machine without a boot id', { boot: '' }, false],
  ])('returns for %s: %o the answer %s', (_, other, expected) => {
    expect(isOnThisKernel({ ...here, ...other })).toBe(expected)
  })

  it('compares host and machine where there are no boot ids', () => {
    const nameless = { ...here, boot: '' }
    expect(isOnThisKernel(nameless, nameless)).toBe(true)
    expect(isOnThisKernel({ ...nameless, host: 'other' }, nameless)).toBe(false)
  })
})

describe('standingOfOwner', () => {
  it('is here of a name that is nobody’s, and of whom only the kernel is shared with', () => {
    expect(standingOfOwner(undefined)).toBe('here')
    expect(standingOfOwner(newLockOwner({ ...here, pidNamespace: '1' }))).toBe('here')
    expect(standingOfOwner(newLockOwner(here))).toBe('here')
  })

  it('is dead of the dead, and elsewhere of what cannot be judged', async () => {
    expect(standingOfOwner(newLockOwner({ ...here, pid: await deadPid() }))).toBe('dead')
    expect(standingOfOwner(newLockOwner({ ...here, host: 'other', boot: 'other' }))).toBe('elsewhere')
  })
})

/** What a program says that runs in a PID namespace of its own without a /proc of its own. */
function inNamespace(program: string): string | undefined {
  try {
    return execFileSync('unshare', ['-pf', process.execPath, '--input-type=module', '-e', program], {
      encoding: 'utf8',
      stdio: 'pipe',
    })
  } catch (error) {
    const stderr = String((error as { stderr?: unknown }).stderr ?? error)
    if (!stderr.includes('unshare')) throw error
    process.stdout.write(`a PID namespace cannot be had here: ${stderr}\n`)
    return undefined
  }
}

describe('a start time', () => {
  it('is the one that this process knows of itself', () => {
    expect(processStartTime(process.pid)).toBe(here.startTime)
  })

  it('is unknown of a process that is gone', async () => {
    expect(processStartTime(await deadPid())).toBe('')
  })

  it('is never that of another process, where /proc is of an outer PID namespace', async ({ skip }) => {
    const source = fileURLToPath(new URL('../src/index.ts', import.meta.url))
    const bundled = await bundleFile(source, scratchDir())
    const program = `
      import { readFileSync } from 'node:fs'
      import { currentProcess, isProcessAlive, processStartTime } from ${JSON.stringify(bundled)}
      const own = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ')[19]
      const me = currentProcess()
      const judged = [isProcessAlive(me), isProcessAlive({ ...me, startTime: '1' })]
      console.log(JSON.stringify([me.startTime === own, processStartTime(process.pid), ...judged]))`
    const said = inNamespace(program)
    if (said === undefined) return skip('a PID namespace cannot be had here')
    expect(JSON.parse(said)).toEqual([true, '', 'alive', 'alive'])
  })
})
