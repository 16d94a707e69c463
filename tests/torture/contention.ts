// Contended switches: several processes on one models dir at once, round after round, and a checker over what all of
// them saw. Arguments: how many switches, seed, writer program, directory. Prints one JSON line.
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { readActive } from '@taskclf/active-pointer'
import { checkChain } from '../../internal/test-kit/src/chain.js'
import { linearizabilityProblems, type Observation } from './observations.js'
import { newModelsDir } from './registry.js'

const [wanted, seed, writer, below] = process.argv.slice(2) as [string, string, string, string]
const WRITERS = 4
const SWITCHES_EACH = Math.min(250, Math.ceil(Number(wanted) / WRITERS))
const figures = { switches: 0, conflicts: 0, reads: 0, rounds: 0, processes: WRITERS }

interface Player {
  child: ChildProcess
  next(): Promise<string>
}

function start(i: number): Player {
  const child = spawn(process.execPath, [writer, String(i), String(Number(seed) * 100 + i)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]()
  return {
    child,
    next: async () => {
      const { done, value } = await lines.next()
      if (done) throw new Error(`writer ${i} ended`)
      return value as string
    },
  }
}

async function round(players: Player[]): Promise<void> {
  const { models, bundles } = await newModelsDir(below)
  const ids = bundles.map(({ modelId }) => modelId)
  for (const { child } of players)
    child.stdin?.write(`${JSON.stringify({ models, ids, count: SWITCHES_EACH })}\n`)
  const seen = (await Promise.all(players.map(({ next }) => next()))).flatMap(
    (text) => JSON.parse(text) as Observation[],
  )
  const { version } = await readActive(models)
  const pointer = readFileSync(join(models, 'active.json'))
  const checked = checkChain(pointer, readFileSync(join(models, 'active_history.jsonl')))
  if (!checked.ok) throw new Error(`${models}: ${checked.why}`)
  // The first pointer came from one of the resolvers' repairs, which do not report the version they replaced.
  const replaced = new Set(seen.flatMap((o) => (o.kind === 'switch' ? [o.version] : [])))
  const first = seen.find((o) => o.kind === 'switch' && !replaced.has(o.previous))
  const problems = linearizabilityProblems(seen, first?.kind === 'switch' ? first.previous : version, version)
  if (problems.length > 0) throw new Error(`${models}: ${problems.slice(0, 5).join('\n')}`)
  const switches = seen.filter((o) => o.kind === 'switch').length
  if (checked.chain.length !== switches + 1)
    throw new Error(`${models}: ${checked.chain.length} lines in the chain`)
  figures.switches += switches
  figures.conflicts += seen.filter((o) => o.kind === 'conflict').length
  figures.reads += seen.filter((o) => o.kind === 'read').length
  figures.rounds++
  rmSync(dirname(models), { recursive: true })
}

const started = performance.now()
const players = Array.from({ length: WRITERS }, (_, i) => start(i))
try {
  await Promise.all(players.map(({ next }) => next()))
  while (figures.switches < Number(wanted)) await round(players)
} finally {
  for (const { child } of players) child.kill()
}
const seconds = Math.round((performance.now() - started) / 1000)
process.stdout.write(`${JSON.stringify({ ...figures, forbidden: 0, seconds })}\n`)
