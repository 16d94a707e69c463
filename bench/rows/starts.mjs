// How long every command that only reads takes to start and answer, as a whole process, against node that does nothing.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { interleave, row, unmeasured } from '../lib/measure.mjs'
import { cli, nothing } from '../lib/programs.mjs'
import { makeSmallRegistry } from '../lib/small-registry.mjs'

const DEMO = fileURLToPath(new URL('../../examples/demo/models', import.meta.url))
const BEST = '2026-03-02_031009_run-8935'
const RUN = '20260401T090000Z-4f1c2a7b'

const COMMANDS = {
  'infer resolve': [],
  'train list': [],
  'train check-retrain': [],
  'model history': [],
  'model why': [],
  'model select': [],
  'model verify': ['--no-load'],
  'model inspect': [BEST],
  'policy show': [],
  'policy check': [],
  'runs list': [],
  'runs show': [RUN],
  doctor: [],
}

/** Those that read the bytes of models, or load them: on one small model they are little more than their start. */
const OF_MODELS = ['model verify', 'model inspect', 'doctor']

const ROWS = [
  ...Object.keys(COMMANDS).map((name) => ({ name, registry: 'demo' })),
  ...OF_MODELS.map((name) => ({ name, registry: 'small' })),
].map(({ name, registry }) => {
  const flags = COMMANDS[name].filter((word) => word.startsWith('--'))
  const [suffix, where] = registry === 'small' ? ['-small', ', one small model'] : ['', '']
  return {
    id: `start-${name.replaceAll(' ', '-')}${suffix}`,
    work: `\`${['taskclf', name, ...flags].join(' ')}\`${where}`,
    args: [...name.split(' '), ...COMMANDS[name]],
    registry,
  }
})

export async function measureStarts({ dir, quick }) {
  if (cli === undefined)
    return ROWS.map(({ id, work }) => unmeasured(id, work, 'the program is not built: npm run build'))
  const models = { demo: join(dir, 'models'), small: join(dir, 'small', 'models') }
  cpSync(DEMO, models.demo, { recursive: true })
  makeSmallRegistry(models.small, join(DEMO, BEST), BEST)
  for (const where of Object.values(models))
    cli('model', 'set-active', '--models-dir', where, '--model-id', BEST)
  writeRun(join(dir, 'runs', RUN))
  const config = join(dir, 'taskclf.config.json')
  writeFileSync(config, JSON.stringify({ version: 1, runs_dir: 'runs' }))
  const runs = ROWS.map(({ id, args, registry }) => {
    // Only runs are kept elsewhere than in the models dir; the others find no configuration, as most do.
    const more = args[0] === 'runs' ? ['--config', config] : ['--models-dir', models[registry]]
    return [id, () => cli(...args, ...more, '--json')]
  })
  const times = await interleave({ node: nothing, ...Object.fromEntries(runs) }, quick ? 5 : 15)
  return ROWS.map(({ id, work }) => row(id, work, { ours: times[id], floor: times.node }))
}

/** A run that is over. */
function writeRun(runDir) {
  mkdirSync(runDir, { recursive: true })
  const identity = { host: 'h', machine: 'm', boot: 'b', pid_namespace: '1', pid: 7, start_time: '1' }
  const trainer = { command: 'python', args: ['train.py'], cwd: '/', env: {}, params: {}, data: {} }
  const manifest = {
    version: 1,
    run_id: RUN,
    state: 'succeeded',
    started_at: '2026-04-01T09:00:00Z',
    ended_at: '2026-04-01T09:00:01Z',
    duration_ms: 1000,
    runner: identity,
    spec: { version: 1, run_id: RUN, output_dir: '/o', seed: 0, ...trainer, grace_ms: 10_000 },
  }
  writeFileSync(join(runDir, 'manifest.json'), JSON.stringify(manifest))
  const event = { seq: 1, at: '2026-04-01T09:00:00Z', type: 'text', text: 'hello' }
  writeFileSync(join(runDir, 'events.ndjson'), `${JSON.stringify(event)}\n`)
}
