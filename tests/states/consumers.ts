import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSmallFile } from '@taskclf/durable-fs'
import { CHOSEN, LABELS, type Made, SCHEMA } from './make-state.js'
import type { ConsumerId } from './table.mjs'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const CLI = at('../../packages/cli/dist/bin.cjs')
const MEET = at('meet.mjs')

/** Longest time for one case: a state that nobody sees is a failure, not a wait. */
const LIMIT_MS = 50_000

/** A case: a models dir, and the way in which its state comes about. */
export interface Case {
  dir: string
  models: string
  made: Made
}

/** What a consumer makes of a state, in the words of the table. */
export const CONSUME: Readonly<Record<ConsumerId, (given: Case) => Promise<string>>> = {
  resolve: (given) => resolve(given, []),
  repair: (given) => resolve(given, ['--repair']),
  library: (given) => meet(given, 'library'),
  start: (given) => meet(given, 'start'),
  running,
}

async function resolve(given: Case, more: string[]): Promise<string> {
  await given.made.damage?.(given.models)
  const before = pointerOf(given)
  const args = [
    CLI,
    'infer',
    'resolve',
    '--models-dir',
    given.models,
    '--schema-hash',
    SCHEMA,
    '--json',
    ...more,
  ]
  const { code, stdout } = await ended(launch(given, args))
  const said = JSON.parse(stdout)
  if (code !== 0) return `exit ${code}: ${said.error.code}${pointerOf(given) === before ? '' : ', written'}`
  if (said.repaired) return 'written'
  if (pointerOf(given) !== before) return 'written unasked'
  if (said.degraded !== null) return `another: ${said.degraded.code}`
  return said.source === 'active' ? 'serves' : 'by policy'
}

async function meet(given: Case, how: 'library' | 'start'): Promise<string> {
  await given.made.damage?.(given.models)
  return (await ended(launch(given, [MEET, how, given.models]))).stdout.trim()
}

async function running(given: Case): Promise<string> {
  // The main thread opens the pointer twice before the model serves, and a document of the bundle once: what it opens later fails.
  const child = launch(
    given,
    [MEET, 'running', given.models],
    given.made.inject?.path === 'active.json' ? 3 : 2,
  )
  const end = ended(child)
  await new Promise((resolve) => {
    child.stdout?.once('data', resolve)
    child.once('close', resolve)
  })
  await given.made.damage?.(given.models)
  // A bundle is read again when a file of it has changed.
  if (given.made.inject) utimesSync(join(given.models, CHOSEN, 'model.txt'), new Date(), new Date())
  return (await end).stdout.trim().split('\n').at(-1) ?? ''
}

/** Starts node; the nth opening of a path that is to fail, and each after it, does. */
function launch({ dir, models, made }: Case, args: string[], nth = 1): ChildProcess {
  writeFileSync(join(dir, 'taskclf.config.json'), JSON.stringify({ version: 1, label_set: LABELS }))
  const command = [process.execPath, ...args]
  if (made.inject) {
    const { path, errno } = made.inject
    const trace = ['-f', '-qq', '-o', join(dir, 'trace'), '-P', join(models, path)]
    command.unshift('strace', ...trace, '-e', `inject=open,openat:error=${errno}:when=${nth}+`)
  }
  if (made.asNobody && isRoot) command.unshift(...AS_NOBODY)
  const [program = '', ...rest] = command
  return spawn(program, rest, { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] })
}

async function ended(child: ChildProcess): Promise<{ code: number | null; stdout: string }> {
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  clearTimeout(timer)
  if (stdout === '') throw new Error(`nothing was said, exit code ${code}: ${stderr}`)
  return { code, stdout }
}

/** The pointer's bytes, or why there are none: proof that nothing was written. */
function pointerOf({ models }: Case): string {
  const file = readSmallFile(join(models, 'active.json'), { maxBytes: 1 << 20 })
  return file.ok ? file.bytes.toString('base64') : file.reason
}

const isRoot = process.getuid?.() === 0
const AS_NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']

/** Why a state cannot be made on this machine; undefined when it can. */
export function whyNot({ inject, asNobody }: Made): string | undefined {
  if (inject && !works('strace', ['-f', '-o', '/dev/null', 'true'])) return 'strace does not run here'
  if (asNobody && isRoot && !works('setpriv', [...AS_NOBODY.slice(1), process.execPath, '--check', MEET]))
    return 'nobody else can run these programs here'
  return undefined
}

const works = (program: string, args: string[]): boolean => spawnSync(program, args).status === 0
