import { spawn } from 'node:child_process'

/** What a finished program said. */
export interface Finished {
  code: number | null
  stdout: string
  stderr: string
  /** Both, in the order in which they came. */
  both: string
}

/** Runs a program to its end, without anything of ours in its environment. */
export function runProgram(command: string, args: string[], cwd: string, path: string): Promise<Finished> {
  const inherited = Object.entries(process.env).filter(
    ([key]) => !/^(TASKCLF_|VITEST|NODE_OPTIONS)/.test(key),
  )
  const env = { ...Object.fromEntries(inherited), PATH: path }
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr, both] = ['', '', '']
  child.stdout.on('data', (chunk) => {
    stdout += chunk
    both += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
    both += chunk
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr, both }))
  })
}
