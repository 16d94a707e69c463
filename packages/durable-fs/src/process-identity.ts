import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { hostname } from 'node:os'
import { errnoOf } from './errors.js'

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
    // Fit to stand in a file name, where a lock's owner is written.
    host: hostname()
      .replace(/[^A-Za-z0-9.-]/g, '_')
      .slice(0, 64),
    machine: digestOf('/etc/machine-id'),
    boot: digestOf('/proc/sys/kernel/random/boot_id'),
    pidNamespace: pidNamespace(),
    pid: process.pid,
    startTime: statOf(process.pid)?.startTime ?? '',
  }
  return { ...own }
}

/**
 * Whether the process is still the one it was: `unknown` when it lives on another host, in another PID namespace, or
 * possibly before another machine's reboot, where nothing can be said from here.
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
  if (identity.host !== here.host || identity.machine !== here.machine) return 'unknown'
  // Same machine, earlier boot: gone. Without a machine id the "earlier boot" may be another machine of that name.
  if (identity.boot !== here.boot) return here.machine === '' ? 'unknown' : 'dead'
  if (identity.pidNamespace !== here.pidNamespace) return 'unknown'
  try {
    process.kill(identity.pid, 0)
  } catch (error) {
    if (errnoOf(error) === 'ESRCH') return 'dead'
  }
  const stat = statOf(identity.pid)
  if (stat === undefined || identity.startTime === '') return 'alive'
  return stat.startTime === identity.startTime && !'ZX'.includes(stat.state) ? 'alive' : 'dead'
}

/** State letter and start time from /proc; undefined where there is no /proc or the process hides. */
function statOf(pid: number): { state: string; startTime: string } | undefined {
  const text = readText(`/proc/${pid}/stat`)
  // The second field is the command in parentheses and may hold anything: count from its end.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const state = fields[0]
  const startTime = fields[19]
  return state && startTime ? { state, startTime } : undefined
}

function pidNamespace(): string {
  return orEmpty(() => fs.readlinkSync('/proc/self/ns/pid').replace(/\D/g, ''))
}

function digestOf(path: string): string {
  const text = readText(path).trim()
  return text === '' ? '' : createHash('sha256').update(text).digest('hex').slice(0, 12)
}

function readText(path: string): string {
  return orEmpty(() => fs.readFileSync(path, 'utf8'))
}

/** Where there is no /proc nothing is known, and unknown is ''. */
function orEmpty(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}
