// Reading a whole models dir, against the same files read and looked at in C.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { refreshIndex } from '../../packages/promotion/dist/index.js'
import { listBundles, scanBundles } from '../../packages/registry-core/dist/index.js'
import { DEFAULT_POLICY, selectBest } from '../../packages/selection-policy/dist/index.js'
import { compileFloor } from '../lib/floor.mjs'
import { elapsed, interleave, row } from '../lib/measure.mjs'
import { makeModels } from '../lib/models.mjs'

/** The index believes nothing about files younger than this. */
const SETTLED_MS = 2_500

export async function measureScan({ dir, quick }) {
  const count = quick ? 3_000 : 10_000
  const named = `${count.toLocaleString('en')} bundles`
  const models = makeModels(join(dir, 'scanned'), count)
  const floor = compileFloor(dir)
  await sleep(SETTLED_MS)
  await refreshIndex(models, DEFAULT_POLICY, {}, { now: () => new Date() })
  const contenders = {
    list: () => dropped(listBundles(models)),
    indexed: () => dropped(listBundles(models, { useIndex: true })),
    stream: async () => {
      for await (const bundle of scanBundles(models, { useIndex: true })) if (bundle.status === 'x') return
    },
    ...(floor === undefined ? {} : { read: () => floor('read', models), stat: () => floor('stat', models) }),
  }
  const times = await interleave(contenders, quick ? 9 : 15)
  const note = floor === undefined ? 'no C compiler here: without a floor' : undefined
  const bundles = await listBundles(models)
  const select = await interleave(
    { all: () => elapsed(() => selectBest(bundles, DEFAULT_POLICY, {})) },
    quick ? 5 : 15,
  )
  return [
    row('scan', `listBundles, ${named}`, { ours: times.list, floor: times.read, note }),
    row('index', `listBundles with a valid index, ${named}`, {
      ours: times.indexed,
      floor: times.stat,
      note,
    }),
    row('index-stream', `scanBundles with a valid index, nothing kept, ${named}`, {
      ours: times.stream,
      floor: times.stat,
      note,
    }),
    row('select', `selectBest after the scan, ${named}, as a share of the scan`, {
      ours: select.all,
      floor: times.list,
    }),
  ]
}

/** The list is let go before the next contender's turn. */
const dropped = async (list) => {
  await list
}
