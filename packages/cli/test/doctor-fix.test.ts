import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { readActive, readHistory } from '@taskclf/active-pointer'
import type { Doctor } from '@taskclf/documents'
import { currentProcess, nameOfOwner, newLockOwner } from '@taskclf/durable-fs'
import { openRegistry } from '@taskclf/registry'
import { lackingStrace, runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { runTaskclf } from '../src/cli.js'
import { binary, taskclf } from './support/taskclf.js'

const BIN = fileURLToPath(new URL('../dist/bin.cjs', import.meta.url))
const DEAD = () => nameOfOwner(newLockOwner({ ...currentProcess(), pid: 4_000_000 }))

/** Everything that a repair mends: a lock of the dead, leftovers, a torn pointer that still names its line, and no index. */
async function broken(): Promise<{ dir: string; models: string }> {
  const dir = scratchDir()
  const models = join(dir, 'models')
  for (const id of ['run-a', 'run-b']) writeBundle(models, id)
  const registry = await openRegistry(models)
  await registry.activate('run-a')
  await registry.activate('run-b')
  const active = join(models, 'active.json')
  truncateSync(active, readFileSync(active).length - 4)
  const work = join(models, '.taskclf')
  for (const lock of ['active.lock', 'publish.lock']) mkdirSync(join(work, lock, DEAD()), { recursive: true })
  mkdirSync(join(work, 'staging', DEAD(), 'run-c'), { recursive: true })
  mkdirSync(join(work, 'active.lock.gone-x'))
  return { dir, models }
}

const said = ({ repairs = [] }: Doctor) =>
  repairs.map(({ step, outcome, code }) => `${step} ${outcome} ${code}`)

const LOCKS = ['locks', 'locks']
const REPAIRED = [
  ...LOCKS.map((step) => `${step} repaired lock_abandoned`),
  'staging repaired staging_left',
  'pointer repaired pointer_restored',
  'index repaired index_absent',
]

describe('doctor --fix', () => {
  it('repairs with --yes, says what it did, and ends as the second examination does', async () => {
    const { dir, models } = await broken()
    expect((await binary<Doctor>(['doctor', '--json'], { cwd: dir })).code).toBe(1)
    const fixed = await binary<Doctor>(['doctor', '--fix', '--yes', '--json'], { cwd: dir })
    expect([fixed.code, fixed.json.ok]).toEqual([0, true])
    expect(said(fixed.json)).toEqual(REPAIRED)
    expect(await readActive(models)).toMatchObject({ modelId: 'run-b' })
    expect(fixed.json.repairs?.[0]?.message).toContain('active.lock.gone-x')
    const again = await binary<Doctor>(['doctor', '--fix', '--json'], { cwd: dir })
    expect([again.code, said(again.json)]).toEqual([0, []])
    expect((await taskclf(['doctor', '--fix'], { cwd: dir })).stdout).toMatch(/^nothing was repaired\n/)
  })

  it('breaks no lock where nobody is there to be asked, and says how to agree', async () => {
    const { dir, models } = await broken()
    const { code, json } = await binary<Doctor>(['doctor', '--fix', '--json'], { cwd: dir })
    expect(code).toBe(1)
    expect(said(json)).toEqual([
      ...LOCKS.map((step) => `${step} declined lock_abandoned`),
      'staging repaired staging_left',
      'pointer declined lock_abandoned',
      'index repaired index_absent',
    ])
    expect(readdirSync(join(models, '.taskclf', 'active.lock'))).toHaveLength(1)
    const { stdout } = await taskclf(['doctor', '--fix'], { cwd: dir })
    expect(stdout).toContain('give --yes')
  })

  it.each([
    ['y\n', ['repaired', 'repaired']],
    ['YES\nn\n', ['repaired', 'declined']],
    ['\n\n', ['declined', 'declined']],
    ['', ['declined', 'declined']],
  ])('asks on a terminal, and takes the answer %j', async (typed, outcomes) => {
    const { dir } = await broken()
    const lines = typed.split(/(?<=\n)/)
    const [out, err]: [string[], string[]] = [[], []]
    const io = {
      stdout: { write: (text: string) => out.push(text) },
      stderr: { write: (text: string) => err.push(text), isTTY: true, columns: 80 },
      env: {},
      cwd: dir,
      now: () => new Date(),
      // A line for each question, and the last again.
      stdin: () => {
        const line = lines.length > 1 ? lines.shift() : lines[0]
        return Object.assign(Readable.from(line ? [line] : []), { isTTY: true })
      },
    }
    await runTaskclf(['doctor', '--fix', '--json'], io)
    const { repairs = [] }: Doctor = JSON.parse(out.join(''))
    expect(repairs.filter(({ step }) => step === 'locks').map(({ outcome }) => outcome)).toEqual(outcomes)
    expect(err.join('')).toMatch(/active\.lock is held by .*; break it\? \[y\/N\] /s)
  })

  it('refuses --yes where nothing is to be answered', async () => {
    const { dir } = await broken()
    const { code, stderr } = await taskclf(['doctor', '--yes'], { cwd: dir })
    expect([code, stderr]).toEqual([2, expect.stringContaining('--fix')])
  })

  it('ends with 1 while something is left that only a person can repair', async () => {
    const { dir, models } = await broken()
    rmSync(join(models, 'run-b'), { recursive: true })
    const { code, json, stdout } = await binary<Doctor>(['doctor', '--fix', '--yes', '--json'], { cwd: dir })
    expect(code, stdout).toBe(1)
    expect(said(json)).toContain('pointer failed bundle_invalid')
    const left = json.findings.find((finding) => finding.code === 'pointer_corrupt')
    expect(left?.advice).toContain('infer resolve --repair')
  })
})

/** What may never change: every byte of the bundles, and the lines that the history has. */
function kept(models: string): string {
  const hash = createHash('sha256')
  for (const id of ['run-a', 'run-b']) {
    for (const name of readdirSync(join(models, id)).sort())
      hash.update(name).update(readFileSync(join(models, id, name)))
  }
  return hash.digest('hex')
}

describe('doctor --fix that is killed', () => {
  // By which a directory entry comes, changes or goes, and after which what was written is on the disk.
  const CALLS = ['mkdir', 'rename', 'rmdir,unlink', 'fsync,fdatasync']
  const timeout = 300_000

  it.for(CALLS)('leaves the registry no worse, at whichever %s', { timeout }, async (calls, { skip }) => {
    const reason = lackingStrace()
    if (reason) skip(reason)
    const template = await broken()
    const [bundles, history, pointer] = [
      kept(template.models),
      readFileSync(join(template.models, 'active_history.jsonl')),
      readFileSync(join(template.models, 'active.json')),
    ]
    let killed = 0
    for (let nth = 1; ; nth++) {
      const dir = scratchDir()
      const models = join(dir, 'models')
      cpSync(template.models, models, { recursive: true })
      const inject = ['-e', `inject=${calls}:signal=KILL:when=${nth}`]
      const { signal, status } = spawnSync(
        'strace',
        ['-f', '-qq', '-o', '/dev/null', ...inject, process.execPath, BIN, 'doctor', '--fix', '--yes'],
        // strace counts calls for each thread.
        { cwd: dir, env: { ...process.env, UV_THREADPOOL_SIZE: '1' }, timeout: 50_000 },
      )
      expect(kept(models)).toBe(bundles)
      expect(readFileSync(join(models, 'active_history.jsonl')).subarray(0, history.length)).toEqual(history)
      const active = await readActive(models)
      if (active.status === 'valid') expect(active.modelId).toBe('run-b')
      else expect(readFileSync(join(models, 'active.json'))).toEqual(pointer)
      const { code, stdout } = await runCli(['doctor', '--fix', '--yes', '--json'], { cwd: dir })
      expect([code, JSON.parse(stdout).repairs.filter(isFailed)]).toEqual([0, []])
      expect(await readActive(models)).toMatchObject({ status: 'valid', modelId: 'run-b' })
      expect((await readHistory(models)).problems).toEqual([])
      expect(existsSync(join(models, '.taskclf', 'active.lock.gone-x'))).toBe(false)
      rmSync(dir, { recursive: true })
      if (signal === null && status === 0) break
      killed++
    }
    expect(killed).toBeGreaterThan(1)
  })
})

const isFailed = ({ outcome }: { outcome: string }) => outcome === 'failed'
