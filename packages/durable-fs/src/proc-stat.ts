import * as fs from 'node:fs'

/** What is needed of `/proc/<pid>/stat`. */
export interface ProcStat {
  /** One letter; Z and X are dead. */
  state: string
  startTime: string
}

/**
 * State letter and start time of a process; undefined where there is no /proc, where the process hides, and where
 * /proc was mounted in an outer PID namespace, so that its numbers are those of other processes.
 */
export function procStat(pid: number | 'self'): ProcStat | undefined {
  if (pid !== 'self' && !isProcOurs()) return undefined
  const text = readText(`/proc/${pid}/stat`)
  // The second field is the command in parentheses and may hold anything: count from its end.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const state = fields[0]
  const startTime = fields[19]
  return state && startTime ? { state, startTime } : undefined
}

/**
 * When a process of this PID namespace started, in clock ticks since boot; '' where that cannot be known.
 *
 * @example
 * ```ts
 * const identity = { ...currentProcess(), pid: child.pid, startTime: processStartTime(child.pid) }
 * ```
 */
export function processStartTime(pid: number): string {
  return procStat(pid)?.startTime ?? ''
}

let ours: boolean | undefined

/** A container without a /proc of its own (`unshare -pf`) sees the one of its host. */
function isProcOurs(): boolean {
  ours ??= isOurs(readText('/proc/self/status'))
  return ours
}

/** NSpid lists a process's numbers, from the namespace of /proc down to its own: one, when they are the same. */
function isOurs(status: string): boolean {
  const numbers = /^NSpid:(.*)$/m.exec(status)?.[1]?.trim().split(/\s+/)
  if (numbers) return numbers.length === 1
  return /^Pid:\s*(\d+)$/m.exec(status)?.[1] === String(process.pid)
}

function readText(path: string): string {
  try {
    return fs.readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
