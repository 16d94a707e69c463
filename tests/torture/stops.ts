// Writers stopped at each step between taking the lock and releasing it, overtaken by others, and let go on: real processes
// and SIGSTOP. Arguments: how many stops, seed, victim program, directory. Prints one JSON line.
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import type { LocalValidBundle } from '@taskclf/registry-core'
import { seededRandom } from '../../internal/test-kit/src/random.js'
import { expectChain, lineCount, newModelsDir, pick } from './registry.js'

const [wanted, seed, victim, below] = process.argv.slice(2) as [string, string, string, string]
const random = seededRandom(Number(seed))
const ROUNDS_PER_DIR = 50
const MAY_BE = new Set(['switched', 'overtaken'])
const figures = {
  stops: 0,
  steps: 0,
  stoppedAt: {} as Record<string, number>,
  outcomes: {} as Record<string, number>,
}
const more = { switchesMeanwhile: 0, switchesAtOnce: 0, lateLines: 0, modelsDirs: 0 }

interface Answer {
  stopped?: string
  outcome?: string
  revision?: number
  message?: string
  steps?: string[]
}

class Victim {
  readonly child: ChildProcess
  readonly #lines: AsyncIterator<string>

  constructor() {
    this.child = spawn(process.execPath, [victim], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#lines = createInterface({ input: this.child.stdout as NodeJS.ReadableStream })[
      Symbol.asyncIterator
    ]()
  }

  tell(told: object): void {
    this.child.stdin?.write(`${JSON.stringify(told)}\n`)
  }

  async next(): Promise<Answer> {
    const { done, value } = await this.#lines.next()
    if (done) throw new Error('a victim ended by itself')
    return JSON.parse(value) as Answer
  }

  /** Returns once the system has it stopped. */
  async stopped(): Promise<void> {
    for (let i = 0; i < 20_000; i++) {
      const stat = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8')
      if (stat.slice(stat.lastIndexOf(')') + 2).startsWith('T')) return
      await delay(1)
    }
    throw new Error('a victim did not stop')
  }
}

/** Whoever comes takes every holder for stopped. */
const OVERTAKE = { staleAfterMs: 0 }

async function switchOnce(models: string, bundles: LocalValidBundle[]): Promise<number> {
  return (await writeActiveAtomic(models, pick(bundles, random), { source: 'manual', lock: OVERTAKE }))
    .revision
}

/** Stops one writer, or two one after the other, has others switch, and lets all go on. */
async function round(
  victims: Victim[],
  models: string,
  bundles: LocalValidBundle[],
  steps: number,
): Promise<void> {
  const ids = bundles.map(({ modelId }) => modelId)
  const stopped: Victim[] = []
  const answers: Answer[] = []
  for (const [i, one] of victims.slice(0, random() < 0.4 ? 2 : 1).entries()) {
    // Each step in its turn; the second writer stops anywhere.
    const stopAt = i === 0 ? 1 + (figures.stops % steps) : 1 + Math.floor(random() * steps)
    one.tell({ models, ids, stopAt, staleAfterMs: i === 0 ? 10_000 : 0 })
    const said = await one.next()
    if (said.stopped === undefined) answers.push(said)
    else {
      await one.stopped()
      stopped.push(one)
      figures.stops++
      figures.stoppedAt[said.stopped] = (figures.stoppedAt[said.stopped] ?? 0) + 1
    }
  }
  const revisions: number[] = []
  for (let i = Math.floor(random() * 3); i >= 0; i--) revisions.push(await switchOnce(models, bundles))
  more.switchesMeanwhile += revisions.length
  expectChain(models)
  const waking = random() < 0.5 ? stopped : stopped.reverse()
  for (const one of waking) one.child.kill('SIGCONT')
  // Some go on at the same moment as others switch.
  const atOnce = random() < 0.5 ? [await switchOnce(models, bundles)] : []
  more.switchesAtOnce += atOnce.length
  for (const one of waking) answers.push(await one.next())
  const chain = new Set(expectChain(models).map(({ revision }) => revision))
  for (const { outcome = '', revision, message } of answers) {
    if (!MAY_BE.has(outcome)) throw new Error(`answered ${outcome}: ${message}`)
    figures.outcomes[outcome] = (figures.outcomes[outcome] ?? 0) + 1
    if (revision !== undefined) revisions.push(revision)
  }
  const lost = [...revisions, ...atOnce].filter((revision) => !chain.has(revision))
  if (lost.length > 0) throw new Error(`${models}: answered as switched, and not in the chain: ${lost}`)
  const next = await switchOnce(models, bundles)
  if (!(next > Math.max(...revisions, ...atOnce))) throw new Error(`revision ${next} again`)
}

const started = performance.now()
const victims = [new Victim(), new Victim()]
try {
  await Promise.all(victims.map((one) => one.next()))
  while (figures.stops < Number(wanted)) {
    const { models, bundles } = await newModelsDir(below)
    const first = victims[0] as Victim
    first.tell({ models, ids: bundles.map(({ modelId }) => modelId), stopAt: 0 })
    await first.next()
    first.tell({ models, ids: bundles.map(({ modelId }) => modelId), stopAt: 0 })
    figures.steps = (await first.next()).steps?.length ?? 0
    for (let i = 0; i < ROUNDS_PER_DIR && figures.stops < Number(wanted); i++)
      await round(victims, models, bundles, figures.steps)
    more.lateLines += lineCount(models) - expectChain(models).length
    more.modelsDirs++
    rmSync(dirname(models), { recursive: true })
  }
} finally {
  for (const { child } of victims) child.kill('SIGKILL')
}
const seconds = Math.round((performance.now() - started) / 1000)
process.stdout.write(`${JSON.stringify({ ...figures, ...more, forbidden: 0, seconds })}\n`)
