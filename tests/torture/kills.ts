// Real kills: several writers at once on one models dir, each ended by SIGKILL at a random moment; then the bytes are
// checked and another writer goes on. Arguments: how many, seed, victim program, directories. Prints one JSON line.
import { spawn } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import type { LocalValidBundle } from '@taskclf/registry-core'
import { seededRandom } from '../../internal/test-kit/src/random.js'
import { expectChain, lineCount, newModelsDir, pick } from './registry.js'

const [wanted, seed, victim, ...belows] = process.argv.slice(2) as [string, string, string, ...string[]]
const random = seededRandom(Number(seed))
const AT_ONCE = 4
const ROUNDS_PER_DIR = 40
const figures = { kills: 0, answeredSwitches: 0, locksBroken: 0, pendingLinesLeft: 0, modelsDirs: 0 }

/** Starts a writer, kills it at a random moment, and answers the revisions it had reported. */
function killOne(models: string, ids: string[]): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [victim, models, ...ids], { stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => {
      if (text === '') setTimeout(() => child.kill('SIGKILL'), random() * 25)
      text += chunk.toString()
    })
    child.once('error', reject)
    child.once('close', (_, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`a victim ended by itself: ${signal} ${errors}`))
      figures.kills++
      resolve(text.split('\n').slice(1).filter(Boolean).map(Number))
    })
  })
}

async function round(models: string, bundles: LocalValidBundle[]): Promise<void> {
  const ids = bundles.map(({ modelId }) => modelId)
  const before = expectChain(models).at(-1)?.revision ?? 0
  const reported = (await Promise.all(Array.from({ length: AT_ONCE }, () => killOne(models, ids)))).flat()
  figures.answeredSwitches += reported.length
  const chain = expectChain(models)
  const visible = new Set(chain.map((line) => line.revision))
  const lost = reported.filter((revision) => !visible.has(revision))
  if (lost.length > 0) throw new Error(`answered as switched, and not in the chain: ${lost}`)
  if ((chain.at(-1)?.revision ?? 0) < before) throw new Error('the pointer went back')
  // Dead owners are broken at once; nothing here may rest on a living owner counting as stopped.
  const lock = { staleAfterMs: 3_600_000, timeoutMs: 120_000 }
  const next = await writeActiveAtomic(models, pick(bundles, random), { source: 'manual', lock })
  figures.locksBroken += next.warnings.filter(({ code }) => code === 'lock_broken').length
  if (!(next.revision > (chain.at(-1)?.revision ?? 0))) throw new Error(`revision ${next.revision} again`)
  expectChain(models)
  const left = readdirSync(join(models, '.taskclf')).join()
  if (left !== 'active.lock') throw new Error(`left behind: ${left}`)
}

const started = performance.now()
while (figures.kills < Number(wanted)) {
  const { models, bundles } = await newModelsDir(belows[figures.modelsDirs++ % belows.length] as string)
  for (let i = 0; i < ROUNDS_PER_DIR && figures.kills < Number(wanted); i++) await round(models, bundles)
  figures.pendingLinesLeft += lineCount(models) - expectChain(models).length
  rmSync(dirname(models), { recursive: true })
}
const seconds = Math.round((performance.now() - started) / 1000)
process.stdout.write(`${JSON.stringify({ ...figures, forbidden: 0, seconds })}\n`)
