// Hot reload: from the moment another process begins to switch to the first answer by the new model.
//   node bench/reload.mjs [--quick] [--json]
// Requests run one after the other meanwhile, as in a service. Models: three of examples/demo, about 300 kB each.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { watchActive, writeActiveAtomic } from '../packages/active-pointer/dist/index.js'
import { createModelReloader } from '../packages/infer-resolver/dist/index.js'
import { loadPredictor } from '../packages/predictor/dist/index.js'
import { readBundle } from '../packages/registry-core/dist/index.js'

const SELF = fileURLToPath(import.meta.url)
const DEMO = fileURLToPath(new URL('../examples/demo/models', import.meta.url))
const IDS = ['2026-03-02_031009_run-8935', '2026-02-16_031012_run-2286', '2026-01-19_031044_run-0409']
const ROW = [
  'us.zoom.xos',
  'non_browser',
  false,
  false,
  3,
  35.75,
  0.17,
  0,
  0.05,
  0,
  8.8,
  5.2,
  293.5,
  7.5,
  34,
  9,
]

const WARM_UP = 5

/** Milliseconds on a clock that all processes of this machine share. */
const clock = () => performance.timeOrigin + performance.now()

/** Measures everything and returns one plain document. */
export async function benchReload({ quick = false } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'taskclf-bench-'))
  const models = join(dir, 'models')
  cpSync(DEMO, models, { recursive: true })
  const switcher = fork(SELF, ['--switcher', models])
  try {
    await tell(switcher, IDS[0])
    const samples = await measure(models, switcher, quick ? 30 : 300)
    return {
      version: 1,
      bench: 'reload',
      date: new Date().toISOString(),
      machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version },
      quick,
      switches: samples.length,
      cases: [
        { name: 'switch begun → first answer', ...figures(samples.map(({ total }) => total)) },
        { name: 'of which the switch itself', ...figures(samples.map(({ writing }) => writing)) },
        { name: 'longest request meanwhile', ...figures(samples.map(({ slowest }) => slowest)) },
        { name: 'switch begun → told by a watch', ...figures(samples.map(({ told }) => told)) },
      ],
    }
  } finally {
    switcher.kill()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function measure(models, switcher, count) {
  const reloader = await createModelReloader({
    modelsDir: models,
    load: loadPredictor,
    dispose: (model) => model.dispose(),
  })
  let seen = { id: undefined, at: 0 }
  const watcher = watchActive(models, ({ modelId }) => {
    seen = { id: modelId, at: clock() }
  })
  const samples = []
  for (let i = -WARM_UP; i < count; i++) {
    const id = IDS[(i + WARM_UP + 1) % IDS.length]
    const sample = await one(reloader, switcher, id)
    while (seen.id !== id) await new Promise((resolve) => setImmediate(resolve))
    if (i >= 0) samples.push({ ...sample, told: seen.at - sample.begun })
  }
  watcher.close()
  await reloader.close()
  return samples
}

/** One switch, with requests one after the other until the new model answers. */
async function one(reloader, switcher, id) {
  const told = tell(switcher, id)
  let slowest = 0
  let answered = 0
  for (let by = ''; by !== id; ) {
    const asked = clock()
    by = await reloader.use(async (model, { modelId }) => {
      await model.predict([ROW])
      return modelId
    })
    answered = clock()
    slowest = Math.max(slowest, answered - asked)
    // Other work of the process gets its turn, as between two requests.
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { begun, done } = await told
  return { begun, total: answered - begun, writing: done - begun, slowest }
}

async function tell(switcher, id) {
  switcher.send(id)
  const [times] = await once(switcher, 'message')
  return times
}

async function switchOnDemand(models) {
  const bundles = new Map()
  for (const id of IDS) bundles.set(id, await readBundle(join(models, id)))
  process.on('message', async (id) => {
    const begun = clock()
    await writeActiveAtomic(models, bundles.get(id), { source: 'manual' })
    process.send({ begun, done: clock() })
  })
}

function figures(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share) => round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))])
  return { median_ms: at(0.5), p99_ms: at(0.99), max_ms: round(sorted.at(-1)) }
}

const round = (ms) => Math.round(ms * 100) / 100

function render({ machine, switches, cases }) {
  const lines = cases.map(({ name, median_ms: median, p99_ms: p99, max_ms: max }) =>
    [name.padEnd(32), ...[median, p99, max].map((ms) => ms.toFixed(2).padStart(9))].join(''),
  )
  const header = `${'ms'.padEnd(32)}${['median', 'p99', 'max'].map((name) => name.padStart(9)).join('')}`
  return [`${machine.cpu}, node ${machine.node}, ${switches} switches`, header, ...lines, ''].join('\n')
}

if (process.argv.includes('--switcher')) await switchOnDemand(process.argv.at(-1))
else if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const result = await benchReload({ quick: process.argv.includes('--quick') })
  process.stdout.write(
    process.argv.includes('--json') ? `${JSON.stringify(result, null, 2)}\n` : render(result),
  )
}
