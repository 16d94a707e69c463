// How long every command that only reads takes to start and answer, as a whole process, against node that does nothing.
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { interleave, row, unmeasured } from '../lib/measure.mjs'
import { cli, nothing } from '../lib/programs.mjs'

const DEMO = fileURLToPath(new URL('../../examples/demo/models', import.meta.url))
const BEST = '2026-03-02_031009_run-8935'

const COMMANDS = {
  'infer resolve': [],
  'train list': [],
  'model history': [],
  'model why': [],
  'model inspect': [BEST],
  'model verify': ['--no-load'],
  'policy show': [],
  'policy check': [],
  'runs list': [],
  doctor: [],
}

export async function measureStarts({ dir, quick }) {
  const named = Object.entries(COMMANDS).map(([name, more]) => ({
    id: `start-${name.replaceAll(' ', '-')}`,
    name: ['`taskclf', name, ...more.filter((word) => word.startsWith('--no'))].join(' ').concat('`'),
    args: [...name.split(' '), ...more],
  }))
  if (cli === undefined)
    return named.map(({ id, name }) => unmeasured(id, name, 'the program is not built: npm run build'))
  const models = join(dir, 'models')
  cpSync(DEMO, models, { recursive: true })
  cli('model', 'set-active', '--models-dir', models, '--model-id', BEST)
  const runs = named.map(({ id, args }) => [id, () => cli(...args, '--models-dir', models, '--json')])
  const times = await interleave({ node: nothing, ...Object.fromEntries(runs) }, quick ? 5 : 15)
  return named.map(({ id, name }) => row(id, name, { ours: times[id], floor: times.node }))
}
