// Writers in PID namespaces of their own (with and without a /proc of their own) and outside, on one models dir, each
// stopped or killed at a random moment. Arguments: how many, seed, writer program, directory. Prints one JSON line.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import type { LocalValidBundle } from '@taskclf/registry-core'
import { seededRandom } from '../../internal/test-kit/src/random.js'
import { expectChain, lineCount, newModelsDir, pick } from './registry.js'

const [wanted, seed, writer, below] = process.argv.slice(2) as [string, string, string, string]
const random = seededRandom(Number(seed))
const ROUNDS_PER_DIR = 20
const STALE_AFTER_MS = 400
const LOCK = { staleAfterMs: STALE_AFTER_MS, timeoutMs: 120_000 }
/** Where the four writers of a round run: what comes before the program. */
const PLACES = [
  ['unshare', '-pf', '--mount-proc', '--kill-child'],
  ['unshare', '-pf', '--mount-proc', '--kill-child'],
  ['unshare', '-pf', '--kill-child'],
  [],
]
const MAY_BE = new Set(['overtaken'])
const figures = { ended: 0, stoppedFirst: 0, answeredSwitches: 0, outcomes: {} as Record<string, number> }
const more = { locksBroken: 0, stagedLeft: 0, pendingLinesLeft: 0, modelsDirs: 0 }

/** The process that is to be signalled: not the one that made its namespace. */
function innermost(child: ChildProcess, isWrapped: boolean): number {
  if (!isWrapped) return child.pid as number
  const pid = Number(
    readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')[0],
  )
  if (!(pid > 0)) throw new Error('no process in the namespace')
  return pid
}

/** Starts a writer and ends it at a random moment, perhaps after it was stopped for longer than others wait. */
async function endOne(place: readonly string[], models: string, ids: string[]): Promise<string[]> {
  const [command, ...args] = [...place, process.execPath, writer, models, String(STALE_AFTER_MS), ...ids]
  const child = spawn(command as string, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      resolve()
    })
    child.once('error', reject)
    child.once('close', () => reject(new Error(`a writer ended by itself: ${errors}`)))
  })
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await ready
  const pid = innermost(child, place.length > 0)
  await delay(random() * 150)
  if (random() < 0.4) {
    figures.stoppedFirst++
    process.kill(pid, 'SIGSTOP')
    await delay(STALE_AFTER_MS * (0.5 + random() * 2))
    process.kill(pid, 'SIGCONT')
    await delay(random() * 40)
  }
  process.kill(pid, 'SIGKILL')
  await closed
  // What unshare itself says of its child's end is no failure of the writer.
  const failed = errors.split('\n').filter((line) => line !== '' && !line.startsWith('unshare:'))
  if (failed.length > 0) throw new Error(`a writer failed: ${errors}`)
  figures.ended++
  return text.split('\n').slice(1).filter(Boolean)
}

async function round(models: string, bundles: LocalValidBundle[]): Promise<void> {
  const ids = bundles.map(({ modelId }) => modelId)
  const said = (await Promise.all(PLACES.map((place) => endOne(place, models, ids)))).flat()
  const reported = said.filter((line) => /^\d+$/.test(line)).map(Number)
  for (const code of said.filter((line) => !/^\d+$/.test(line))) {
    if (!MAY_BE.has(code)) throw new Error(`answered ${code}`)
    figures.outcomes[code] = (figures.outcomes[code] ?? 0) + 1
  }
  figures.answeredSwitches += reported.length
  const chain = new Set(expectChain(models).map(({ revision }) => revision))
  const lost = reported.filter((revision) => !chain.has(revision))
  if (lost.length > 0) throw new Error(`${models}: answered as switched, and not in the chain: ${lost}`)
  // Nobody is left alive: whatever they hold is overtaken, at once or after its time.
  const next = await writeActiveAtomic(models, pick(bundles, random), { source: 'manual', lock: LOCK })
  more.locksBroken += next.warnings.filter(({ code }) => code === 'lock_broken').length
  if (!(next.revision > Math.max(0, ...reported))) throw new Error(`revision ${next.revision} again`)
  expectChain(models)
  const left = readdirSync(join(models, '.taskclf')).filter((name) => name !== 'active.lock')
  // Who cannot be judged from here leaves what it had staged until it is an hour old.
  const odd = left.filter((name) => !name.startsWith('active.lock.new-'))
  if (odd.length > 0 || readdirSync(join(models, '.taskclf', 'active.lock')).length > 0)
    throw new Error(`left behind: ${odd}`)
}

/** Why no namespace can be had; undefined when one can. */
function refusal(): string | undefined {
  const tried = spawnSync('unshare', ['-pf', '--mount-proc', '--kill-child', 'true'], { encoding: 'utf8' })
  if (tried.status === 0) return undefined
  return (tried.error?.message ?? tried.stderr).trim()
}

const started = performance.now()
const why = refusal()
while (why === undefined && figures.ended < Number(wanted)) {
  const { models, bundles } = await newModelsDir(below)
  more.modelsDirs++
  for (let i = 0; i < ROUNDS_PER_DIR && figures.ended < Number(wanted); i++) await round(models, bundles)
  more.stagedLeft += readdirSync(join(models, '.taskclf')).length - 1
  more.pendingLinesLeft += lineCount(models) - expectChain(models).length
  rmSync(dirname(models), { recursive: true })
}
const seconds = Math.round((performance.now() - started) / 1000)
const skipped = why === undefined ? {} : { skipped: Number(wanted), why: `unshare: ${why}` }
process.stdout.write(`${JSON.stringify({ ...figures, ...more, ...skipped, forbidden: 0, seconds })}\n`)
