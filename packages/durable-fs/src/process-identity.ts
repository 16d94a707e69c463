import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { hostname } from 'node:os'
import { errnoOf } from './errors.js'
import { procStat } from './proc-stat.js'

/** Who a process is, beyond its number: enough to know it again, or to know that it is gone. '' = not knowable here. */
export interface ProcessIdentity {
  host: string
  /** Digest of the machine's id: two machines of one name differ. */
  machine: string
  /** Digest of the boot's id. */
  boot: string
  /** The PID namespace: in another one, numbers mean other processes. */
  pidNamespace: string
  pid: number
  /** Start time in clock ticks since boot: a reused number has another. */
  startTime: string
}

let own: ProcessIdentity | undefined

/**
 * The identity of this process.
 *
 * @example
 * ```ts
 * const { pid, startTime } = currentProcess()
 * ```
 */
export function currentProcess(): ProcessIdentity {
  own ??= {
    // Fit for a file name, where a lock's owner is written.
    host: hostname()
      .replace(/[^A-Za-z0-9.-]/g, '_')
      .slice(0, 64),
    machine: digestOf('/etc/machine-id'),
    boot: digestOf('/proc/sys/kernel/random/boot_id'),
    pidNamespace: pidNamespace(),
    pid: process.pid,
    startTime: procStat('self')?.startTime ?? '',
  }
  return { ...own }
}

/**
 * Whether a process runs, or ran, on this kernel, in whatever container: it has the same boot id. Where there are no
 * boot ids, host and machine are all there is to compare.
 *
 * @example
 * ```ts
 * const here = isOnThisKernel(owner)
 * ```
 */
export function isOnThisKernel(identity: ProcessIdentity, here: ProcessIdentity = currentProcess()): boolean {
  if (identity.boot !== here.boot) return false
  return here.boot !== '' || isOnSameMachine(identity, here)
}

/**
 * Whether the process is still the one it was: `unknown` when it lives in another PID namespace, on another machine,
 * or possibly before another machine's reboot, where nothing can be said from here.
 *
 * @example
 * ```ts
 * if (isProcessAlive(owner) === 'dead') takeOver()
 * ```
 */
export function isProcessAlive(
  identity: ProcessIdentity,
  here: ProcessIdentity = currentProcess(),
): 'alive' | 'dead' | 'unknown' {
  if (!isOnThisKernel(identity, here)) return isOfEarlierBoot(identity, here) ? 'dead' : 'unknown'
  if (identity.pidNamespace !== here.pidNamespace) return 'unknown'
  try {
    process.kill(identity.pid, 0)
  } catch (error) {
    if (errnoOf(error) === 'ESRCH') return 'dead'
  }
  const stat = procStat(identity.pid)
  if (stat === undefined || identity.startTime === '') return 'alive'
  return stat.startTime === identity.startTime && !'ZX'.includes(stat.state) ? 'alive' : 'dead'
}

function isOnSameMachine(identity: ProcessIdentity, here: ProcessIdentity): boolean {
  return identity.host === here.host && identity.machine === here.machine
}

/** Without a machine id the "earlier boot" may be another machine of that name; without a boot id it is none. */
function isOfEarlierBoot(identity: ProcessIdentity, here: ProcessIdentity): boolean {
  if (here.machine === '' || !isOnSameMachine(identity, here)) return false
  return identity.boot !== '' && here.boot !== '' && identity.boot !== here.boot
}

function pidNamespace(): string {
  return orEmpty(() => fs.readlinkSync('/proc/self/ns/pid').replace(/\D/g, ''))
}

function digestOf(path: string): string {
  const text = orEmpty(() => fs.readFileSync(path, 'utf8')).trim()
  return text === '' ? '' : createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/** Where there is no /proc nothing is known, and unknown is ''. */
function orEmpty(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}
