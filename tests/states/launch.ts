import { type ChildProcess, spawn } from 'node:child_process'
import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { errnoOf } from '@taskclf/durable-fs'
import { lacking, lackingStrace } from '@taskclf/test-kit'
import { LABELS, type Made, SCHEMA } from './make-state.js'

const CLI = fileURLToPath(new URL('../../packages/cli/dist/bin.cjs', import.meta.url))

/** Longest time for one case: a state that nobody sees is a failure, not a wait. */
const LIMIT_MS = 50_000

/** A case: a directory with the models dir in it, and the way in which its state comes about. */
export interface Case {
  dir: string
  models: string
  made: Made
}

/** What a program answered. */
export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** What the matrix asks of the documents of all these commands; a command has those that its own schema has. */
export interface Said {
  error: { code: string }
  model_id: string
  source: string
  repaired: boolean
  degraded: { code: string } | null
  findings: { level: string; code: string }[]
  repairs: { code: string }[]
  previous: { status: 'valid' | 'absent' | 'corrupt'; model_id: string | null }
  selection: { incumbent?: { model_id: string } | null }
  decision: { incumbent: string | null }
}

/** What the command line said with `--json`, and whether anything in the case's directory is another than before. */
export interface Told {
  code: number | null
  said: Said
  changed: boolean
}

/** Brings about the state, asks the command line with `--json`, and looks whether it has written anything. */
export async function ask(given: Case, words: string[]): Promise<Told> {
  const { result, changed } = await askedOf(given, [...words, '--json'])
  return { code: result.code, said: JSON.parse(result.stdout), changed }
}

/** The same for a command whose answers are lines. */
export async function askedOf(
  given: Case,
  words: string[],
  stdin?: string,
): Promise<{ result: Ended; changed: boolean }> {
  await given.made.damage?.(given.models)
  const before = snapshot(given.dir)
  const flags = ['--models-dir', given.models, '--schema-hash', SCHEMA]
  const child = launch(given, [CLI, ...words, ...flags], stdin === undefined ? {} : { stdin })
  const result = await ended(given, child)
  return { result, changed: snapshot(given.dir) !== before }
}

/** Starts node; the nth opening of a path that is to fail, and each after it, does. */
export function launch(
  { dir, models, made }: Case,
  args: string[],
  { nth = 1, stdin }: { nth?: number; stdin?: string } = {},
): ChildProcess {
  writeFileSync(join(dir, CONFIG), JSON.stringify({ version: 1, label_set: LABELS }))
  const command = [process.execPath, ...args]
  if (made.inject) {
    const { path, errno } = made.inject
    const trace = ['-f', '-qq', '-o', join(dir, TRACE), '-P', join(models, path)]
    command.unshift('strace', ...trace, '-e', `inject=open,openat:error=${errno}:when=${nth}+`)
  }
  if (made.asOthers && isRoot) command.unshift(...WITHOUT_OVERRIDE)
  const [program = '', ...rest] = command
  const input = stdin === undefined ? 'ignore' : 'pipe'
  const child = spawn(program, rest, { cwd: dir, stdio: [input, 'pipe', 'pipe'] })
  child.stdin?.end(stdin)
  return child
}

/** What it answered by its end; that it met the failure which it was to meet is made sure. */
export async function ended({ dir, made }: Case, child: ChildProcess): Promise<Ended> {
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (chunk) => {
      said[name] += chunk
    })
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  clearTimeout(timer)
  if (said.stdout + said.stderr === '') throw new Error(`nothing was said, exit code ${code}`)
  if (made.inject && !readFileSync(join(dir, TRACE), 'utf8').includes('(INJECTED)'))
    throw new Error(`no opening failed with ${made.inject.errno}: ${JSON.stringify(said)}`)
  return { code, ...said }
}

const TRACE = 'trace'
const CONFIG = 'taskclf.config.json'
/** What the cases themselves leave, the empty directories of locks, and the index, which is a cache. */
const NOT_COMPARED = [TRACE, CONFIG, 'out.csv', '.taskclf', 'index.json']

/** Everything below a directory with its content: proof that nothing was written. */
function snapshot(dir: string): string {
  const lines = readdirSync(dir)
    .filter((name) => !NOT_COMPARED.includes(name))
    .sort()
    .map((name) => {
      const path = join(dir, name)
      const stat = lstatSync(path)
      if (stat.isDirectory()) return `${name}/ ${snapshot(path)}`
      return `${name} ${stat.ino} ${stat.mode} ${stat.isFile() ? contentOf(path) : ''}`
    })
  return lines.join('\n')
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'base64')
  } catch (error) {
    return errnoOf(error) ?? 'unreadable'
  }
}

const isRoot = process.getuid?.() === 0
/** Root without the right to read what its mode forbids: the files stay its own. */
const WITHOUT_OVERRIDE = ['setpriv', '--bounding-set=-dac_override,-dac_read_search']

/** Why a state cannot be made on this machine; undefined when it can. */
export function whyNot({ inject, asOthers }: Made): string | undefined {
  if (inject) return lackingStrace()
  const [program = '', ...args] = WITHOUT_OVERRIDE
  return asOthers && isRoot ? lacking(program, [...args, 'true']) : undefined
}
