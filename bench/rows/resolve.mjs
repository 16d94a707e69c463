// Resolving in process, against reading and parsing the three files that it must read: the pointer and two documents. The
// Python project's bundles hold a third, their encoders, which is a row of its own.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '../../packages/active-pointer/dist/index.js'
import { resolveModelDir } from '../../packages/infer-resolver/dist/index.js'
import { readBundle } from '../../packages/registry-core/dist/index.js'
import { interleave, row } from '../lib/measure.mjs'
import { makeModels } from '../lib/models.mjs'

const ID = 'run-000007'
/** So many calls are one turn: one alone is too short for the clock. */
const TURN = 200

const ENCODERS = 'categorical_encoders.json'

export async function measureResolve({ dir, quick }) {
  const many = quick ? 3_000 : 100_000
  const few = await active(makeModels(join(dir, 'ten'), 10), [ENCODERS])
  const lots = await active(makeModels(join(dir, 'lots'), many, { linked: true }), [ENCODERS])
  const encoded = await active(makeModels(join(dir, 'encoded'), 10), [])
  const times = await interleave(
    {
      floor: () => turn(() => readThree(few)),
      few: () => turn(() => resolveModelDir({ modelsDir: few })),
      encoded: () => turn(() => resolveModelDir({ modelsDir: encoded })),
      lots: () => turn(() => resolveModelDir({ modelsDir: lots })),
    },
    quick ? 15 : 101,
  )
  const micros = (ms) => (ms * 1000) / TURN
  return [
    row('resolve', 'resolveModelDir in process, pointer valid, 10 bundles', {
      ours: micros(times.few),
      floor: micros(times.floor),
      unit: 'µs',
    }),
    row('resolve-encoders', 'the same, of a bundle with encoders besides', {
      ours: micros(times.encoded),
      floor: micros(times.floor),
      unit: 'µs',
    }),
    row('resolve-many', `the same with ${many.toLocaleString('en')} bundles, against 10`, {
      ours: micros(times.lots),
      floor: micros(times.few),
      unit: 'µs',
    }),
  ]
}

async function active(models, without) {
  for (const file of without) rmSync(join(models, ID, file))
  await writeActiveAtomic(models, await readBundle(join(models, ID)), { source: 'manual' })
  return models
}

async function turn(work) {
  for (let i = 0; i < TURN; i++) await work()
}

function readThree(models) {
  for (const file of ['active.json', `${ID}/metadata.json`, `${ID}/metrics.json`]) {
    JSON.parse(readFileSync(join(models, file), 'utf8'))
  }
}
