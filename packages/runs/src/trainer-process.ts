import { type ChildProcess, spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { currentProcess, errnoOf, type ProcessIdentity, processStartTime } from '@taskclf/durable-fs'
import { messageOf } from '@taskclf/errors'
import type { RunFailureCode } from './failure-codes.js'

/** How a process ended: by itself with a code, or by a signal. */
export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

/** A trainer that runs, leader of its own process group. */
export interface TrainerProcess {
  identity: ProcessIdentity
  stdout: NonNullable<ChildProcess['stdout']>
  stderr: NonNullable<ChildProcess['stderr']>
  exited: Promise<Exit>
}

/** A trainer that could not be started. */
export interface SpawnFailure {
  code: RunFailureCode
  message: string
}

/** What is started: never through a shell. */
export interface SpawnRequest {
  command: string
  args: readonly string[]
  cwd: string
  env: NodeJS.ProcessEnv
}

/** Starts a trainer in a process group of its own; resolves once it runs, or cannot. */
export async function spawnTrainer(request: SpawnRequest): Promise<TrainerProcess | SpawnFailure> {
  const { command, args, cwd, env } = request
  try {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const exited = new Promise<Exit>((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }))
    })
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('spawn', () => resolve(child.pid as number))
    })
    // Beyond this the only 'error' is a failed kill, which `exited` answers for.
    child.on('error', () => {})
    return { identity: identityOf(pid), stdout: child.stdout, stderr: child.stderr, exited }
  } catch (error) {
    return failureOf(error, command, cwd)
  }
}

/** Signals every process of the group that a leader began; false when there is none left. */
export function signalGroup(leader: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-leader, signal)
  } catch {
    return false
  }
}

function failureOf(error: unknown, command: string, cwd: string): SpawnFailure {
  const errno = errnoOf(error)
  if (!isDirectory(cwd)) {
    return { code: 'cwd_missing', message: `${cwd} is not a directory the trainer could run in; correct cwd` }
  }
  if (errno === 'ENOENT') {
    return {
      code: 'command_not_found',
      message: `${command} was not found; check the path, or that it is in PATH`,
    }
  }
  if (errno === 'EACCES') {
    const hint = 'make it executable (chmod +x), or name its interpreter as the command'
    return { code: 'command_not_executable', message: `${command} is not executable; ${hint}` }
  }
  return { code: 'spawn_failed', message: `${command} could not be started: ${messageOf(error)}` }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** The identity of a child: it shares ours but for its number and start time. */
function identityOf(pid: number): ProcessIdentity {
  return { ...currentProcess(), pid, startTime: processStartTime(pid) }
}
