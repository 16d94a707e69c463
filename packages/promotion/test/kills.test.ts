import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { readActive } from '@taskclf/active-pointer'
import { EXHAUSTIVE, sampled, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { promote } from '../src/index.js'
import { type Child, useProgram } from './children.js'
import { activeId, expectUnbrokenChain, expectWhole, place, pointTo, scored, staged } from './support.js'

const start = useProgram('victim')

interface Victim {
  base: string
  models: string
  child: Child
}

/** A process ready to promote run-1, which beats the active run-0. */
async function victim(env: Record<string, string> = {}): Promise<Victim> {
  const { base, models } = place()
  writeBundle(models, 'run-0', { metrics: { macro_f1: 0.7 } })
  pointTo(models, 'run-0')
  const candidate = scored(base, 'run-1', 0.8, { files: { 'extra.bin': 'x'.repeat(50_000) } })
  return { base, models, child: await start([models, candidate], env).said('ready') }
}

const REACHED = ['nothing', 'published', 'promoted'] as const

/** What must hold after any kill, and of the next promotion; answers how far the victim came. */
async function expectRecovery({ base, models }: Victim): Promise<(typeof REACHED)[number]> {
  const ids = await expectWhole(models)
  expect([['run-0'], ['run-0', 'run-1']]).toContainEqual(ids)
  const reached = activeId(models) === 'run-1' ? 'promoted' : ids.length > 1 ? 'published' : 'nothing'
  const modelId = reached === 'promoted' ? 'run-1' : 'run-0'
  expect(await readActive(models)).toMatchObject({ status: 'valid', modelId })
  if (reached === 'promoted') await expectUnbrokenChain(models)

  const next = await promote({ candidateDir: scored(base, 'run-2', 0.9), modelsDir: models })
  expect(next).toMatchObject({ outcome: 'promoted', champion: { bundle: { modelId } } })
  expect(await expectWhole(models)).toEqual([...ids, 'run-2'])
  expect((await expectUnbrokenChain(models)).map((line) => line.new.model_id)).toEqual(
    reached === 'promoted' ? ['run-0', 'run-1', 'run-2'] : ['run-0', 'run-2'],
  )
  expect(staged(models)).toEqual([])
  expect(readdirSync(join(models, '.taskclf')).filter((name) => /\.(new|gone)-/.test(name))).toEqual([])
  return reached
}

/** Timers are too coarse for a promotion of some milliseconds. */
async function waitExactly(ms: number): Promise<void> {
  const until = performance.now() + ms
  if (ms > 3) await delay(ms - 3)
  while (performance.now() < until);
}

async function undisturbed(): Promise<{ steps: number; ms: number }> {
  const { models, child } = await victim()
  child.tell()
  const measured = await child.answer<{ steps: number; ms: number }>()
  expect(activeId(models)).toBe('run-1')
  return measured
}

/** While one item is acted on, the next is being prepared. */
async function pipelined<T>(
  count: number,
  prepare: (i: number) => Promise<T>,
  act: (item: T, i: number) => Promise<void>,
): Promise<void> {
  let next = prepare(0)
  for (let i = 0; i < count; i++) {
    const item = await next
    if (i + 1 < count) next = prepare(i + 1)
    next.catch(() => {})
    await act(item, i)
  }
}

const MOMENTS = EXHAUSTIVE ? 200 : 50
/** Other work on the machine makes a promotion longer than those that were measured. */
const BEYOND = 1.5

it(`survives being killed at ${MOMENTS} moments spread over its whole length`, {
  timeout: 300_000,
}, async () => {
  const measured = [await undisturbed(), await undisturbed(), await undisturbed()].map(({ ms }) => ms)
  const length = measured.sort((a, b) => a - b)[1] as number
  const reached = { nothing: 0, published: 0, promoted: 0 }
  await pipelined(
    MOMENTS,
    () => victim(),
    async (killed, i) => {
      killed.child.tell()
      await killed.child.said('started')
      await waitExactly((BEYOND * length * i) / (MOMENTS - 1))
      killed.child.kill()
      await killed.child.ended
      reached[await expectRecovery(killed)]++
    },
  )
  // The moments really lie on both sides of the one at which the bundle becomes visible.
  expect(reached.nothing).toBeGreaterThan(1)
  expect(reached.published + reached.promoted).toBeGreaterThan(1)
})

it('survives being killed at every single step (or every third), and halfway through every write', {
  timeout: 300_000,
}, async () => {
  const { steps } = await undisturbed()
  expect(steps).toBeGreaterThan(60)
  const reached: number[] = []
  // The last step is always among them: by then all is done but to say so.
  const killedAt = [...new Set([...sampled([...Array(steps).keys()], steps), steps - 1])]
  await pipelined(
    killedAt.length,
    (i) => victim({ STEP: String(killedAt[i]) }),
    async (killed) => {
      killed.child.tell()
      await killed.child.ended
      expect(killed.child.process.signalCode).toBe('SIGKILL')
      reached.push(REACHED.indexOf(await expectRecovery(killed)))
    },
  )
  // What is visible once stays visible, and every stage is met.
  expect(reached).toEqual([...reached].sort((a, b) => a - b))
  expect([...new Set(reached)]).toEqual([0, 1, 2])
})
