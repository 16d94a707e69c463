// What the steps share: blank projects outside the workspace, programs run with a time limit, tools from the machine's
// own npm (compilers and Node versions are not what is tested).
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const LIMIT_MS = 180_000

export const repository = fileURLToPath(new URL('../..', import.meta.url))
export const programs = fileURLToPath(new URL('programs', import.meta.url))
export const BEST = '2026-03-02_031009_run-8935'

/** A blank project with the demo's models beside it. */
export function blankProject(scratch, name, manifest = {}) {
  const dir = join(scratch, name)
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ name, private: true, ...manifest }))
  cpSync(join(repository, 'examples/demo'), dir, { recursive: true })
  return dir
}

/** Runs a program to its end; answers standard output, or throws with everything it said. */
export function run(command, args, { cwd, env, expect = 0 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      if (code === expect) return resolve({ stdout, stderr })
      const line = [command, ...args].join(' ')
      reject(new Error(`${line}\nended with ${code ?? signal}\n${stdout}\n${stderr}`))
    })
  })
}

export const npm = (args, options) => run('npm', args, options)

/** `npx` under another Node, which also runs what npx starts. */
export function npxUnder(node, args, { cwd, env, expect }) {
  const path = `${dirname(node)}${delimiter}${env.PATH}`
  return run(node, [npxProgram(), ...args], { cwd, env: { ...env, PATH: path }, expect })
}

/** Installs tools by the machine's own npm settings and cache; answers the directory. */
export async function installTools(scratch, name, packages) {
  const dir = join(scratch, 'tools', name)
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'package.json'), '{"private":true}')
  await npm(['install', '--no-save', '--prefer-offline', ...packages], { cwd: dir, env: process.env })
  return dir
}

export function equal(what, actual, expected) {
  if (JSON.stringify(actual) === JSON.stringify(expected)) return
  throw new Error(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`)
}

let npxFile
function npxProgram() {
  const own = process.env.npm_execpath
  npxFile ??=
    own?.endsWith('npm-cli.js') === true
      ? join(dirname(own), 'npx-cli.js')
      : join(
          execFileSync('npm', ['root', '--global'], {
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'ignore'],
          }).trim(),
          'npm/bin/npx-cli.js',
        )
  return npxFile
}
