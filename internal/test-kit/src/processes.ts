import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../../../packages/cli/dist/bin.cjs', import.meta.url))

/** What a finished program said. */
export interface RunResult {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

interface RunOptions {
  cwd?: string
  env?: Record<string, string | undefined>
  input?: string
  timeoutMs?: number
}

/** Starts `node <file> …args` as a child of its own; the caller ends it. */
export function spawnProgram(file: string, args: string[] = [], options: RunOptions = {}): ChildProcess {
  return spawn(process.execPath, [file, ...args], {
    cwd: options.cwd,
    env: cleanEnv(options.env),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

/** Runs `node <file> …args` to its end. */
export async function runNode(
  file: string,
  args: string[] = [],
  options: RunOptions = {},
): Promise<RunResult> {
  const child = spawnProgram(file, args, options)
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk))
  child.stdin?.on('error', () => {})
  child.stdin?.end(options.input ?? '')
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 60_000)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code, signal, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() })
    })
  })
}

/** Runs the built `taskclf` binary. */
export function runCli(args: string[], options: RunOptions = {}): Promise<RunResult> {
  return runNode(CLI, args, options)
}

function cleanEnv(over: RunOptions['env'] = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([key]) => !/^(TASKCLF_|NO_COLOR|FORCE_COLOR|VITEST|NODE_OPTIONS)/.test(key),
  )
  return { ...Object.fromEntries(inherited), ...over }
}
