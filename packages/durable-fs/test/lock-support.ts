import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { currentProcess, nameOfOwner, newLockOwner, type ProcessIdentity } from '../src/index.js'

export const lockIn = (dir: string) => join(dir, '.work', 'a.lock')

/** The name of an owner like this process, but for what is given. */
export const ownerName = (owner: Partial<ProcessIdentity> = {}): string =>
  nameOfOwner(newLockOwner({ ...currentProcess(), ...owner }))

/** Lays a held lock of the given owner, as that owner would have. */
export function layLock(lockDir: string, owner: Partial<ProcessIdentity> = {}): string {
  const name = ownerName(owner)
  mkdirSync(join(lockDir, name), { recursive: true })
  return name
}

export async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => child.once('exit', resolve))
  return child.pid as number
}

/** A clock that only sleeping moves. */
export function fakeTime() {
  let now = 0
  return {
    monotonicNow: () => now,
    sleep: async (ms: number) => {
      now += ms
    },
    passed: () => now,
    pass: (ms: number) => {
      now += ms
    },
  }
}

export const failure = (code: string): Error => Object.assign(new Error(code), { code })
