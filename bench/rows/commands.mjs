// The command-line program as a whole process, against node that does nothing.
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { interleave, row, unmeasured } from '../lib/measure.mjs'
import { FIXTURES, makeModels } from '../lib/models.mjs'
import { cli, cliWithPeak, nothing } from '../lib/programs.mjs'

const UNBUILT = 'the program is not built: npm run build'

export async function measureCommands({ dir, quick }) {
  const work = {
    resolve: ['cli-resolve', '`taskclf infer resolve`, pointer valid, whole process'],
    help: ['cli-help', '`taskclf --help`'],
    list: ['cli-list', '`train list` on 12 bundles'],
  }
  if (cli === undefined) return Object.values(work).map(([id, name]) => unmeasured(id, name, UNBUILT))
  const models = join(dir, 'twelve')
  cpSync(FIXTURES, models, { recursive: true })
  const times = await interleave(
    {
      node: nothing,
      resolve: () => cli('infer', 'resolve', '--models-dir', models, '--json'),
      help: () => cli('--help'),
      list: () => cli('train', 'list', '--models-dir', models, '--json'),
    },
    quick ? 11 : 41,
  )
  return Object.entries(work).map(([key, [id, name]]) =>
    row(id, name, { ours: times[key], floor: times.node }),
  )
}

/** `train list` on many bundles: how time grows from a tenth of them, and the most memory. */
export async function measureManyBundles({ dir, quick }) {
  const count = quick ? 10_000 : 100_000
  const work = `\`train list\` on ${count.toLocaleString('en')} bundles, against a tenth of them`
  if (cli === undefined) return [unmeasured('list-growth', work, UNBUILT)]
  const many = makeModels(join(dir, 'many'), count, { linked: true })
  const tenth = makeModels(join(dir, 'tenth'), count / 10, { linked: true })
  let peakMb = 0
  const list = (models) => {
    const { ms, peakMb: peak } = cliWithPeak(dir, 'train', 'list', '--all', '--models-dir', models, '--json')
    peakMb = Math.max(peakMb, peak)
    return ms
  }
  const times = await interleave({ tenth: () => list(tenth), many: () => list(many) }, quick ? 1 : 3)
  const peakNote = quick ? `at ${count.toLocaleString('en')} bundles; the target is for 100,000` : undefined
  return [
    row('list-growth', work, { ours: times.many, floor: times.tenth }),
    {
      id: 'list-memory',
      work: `peak memory of \`train list\` on ${count.toLocaleString('en')} bundles`,
      unit: 'MB',
      ours: peakMb,
      note: peakNote,
      isSample: quick,
    },
  ]
}
