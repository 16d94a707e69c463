// One of several processes on one models dir: switches by hand, promotions, repairs and rollbacks, most of them by
// compare-and-swap, with reads between. Told each round's directory on stdin; answers what it saw, one JSON line a round.

import { createInterface } from 'node:readline'
import {
  ActivePointerError,
  readActive,
  rollbackActive,
  type SwitchResult,
  writeActiveAtomic,
} from '@taskclf/active-pointer'
import { resolveModelDir } from '@taskclf/infer-resolver'
import { seededRandom } from '../../internal/test-kit/src/random.js'
import type { Observation } from './observations.js'
import { bundlesOf, pick } from './registry.js'

const [number, seed] = process.argv.slice(2).map(Number) as [number, number]
const random = seededRandom(seed)
const clock = () => Number(process.hrtime.bigint())

async function playRound(models: string, ids: string[], count: number): Promise<Observation[]> {
  const bundles = await bundlesOf(models, ids)
  const seen: Observation[] = []
  const observe = async (run: () => Promise<SwitchResult>, expected?: string): Promise<boolean> => {
    const start = clock()
    try {
      const { previous, version, revision } = await run()
      const note = expected === undefined ? {} : { expected }
      seen.push({
        kind: 'switch',
        process: number,
        start,
        end: clock(),
        previous: previous.version,
        version,
        revision,
        ...note,
      })
      return true
    } catch (error) {
      const code = error instanceof ActivePointerError ? error.code : undefined
      if (code === 'conflict' && expected !== undefined)
        seen.push({ kind: 'conflict', process: number, start, end: clock(), expected })
      // A rollback decides again when it was overtaken, but not for ever.
      else if (code !== 'nothing_to_roll_back_to' && code !== 'conflict') throw error
      return false
    }
  }
  const read = async (): Promise<string> => {
    const start = clock()
    const { version } = await readActive(models)
    seen.push({ kind: 'read', process: number, start, end: clock(), version })
    return version
  }
  // Every process finds no pointer and repairs it, as several services started at once would.
  await resolveModelDir({ modelsDir: models, repair: true })
  for (let done = 0; done < count; ) {
    const bundle = pick(bundles, random)
    const kind = random()
    const expected = kind < 0.7 ? await read() : undefined
    const cas = expected === undefined ? {} : { expected }
    const switched =
      kind < 0.03 || kind > 0.98
        ? await observe(() => rollbackActive(models, cas), expected)
        : await observe(
            () =>
              writeActiveAtomic(models, bundle, {
                source: pick(['promotion', 'manual', 'repair'], random),
                ...cas,
              }),
            expected,
          )
    if (switched) done++
  }
  return seen
}

process.stdout.write('ready\n')
for await (const line of createInterface({ input: process.stdin })) {
  const { models, ids, count } = JSON.parse(line) as { models: string; ids: string[]; count: number }
  process.stdout.write(`${JSON.stringify(await playRound(models, ids, count))}\n`)
}
