// A program that meets the pointer's state by the libraries: meet.mjs library|start|running MODELS_DIR. It prints the outcome in
// the words of table.mjs. `running` prints "ready" when it serves, and then waits for the state to be seen.
import { createModelReloader, resolveModelDir } from '../../packages/infer-resolver/dist/index.js'
import { loadPredictor, runSelfTest } from '../../packages/predictor/dist/index.js'

const [how, modelsDir] = process.argv.slice(2)
const requirement = { schemas: [{ hash: '8776f20dbb8f' }], labelSet: ['BreakIdle', 'Build'] }

const word = ({ source, degraded }) => {
  if (degraded) return `another: ${degraded.code}`
  return source === 'active' ? 'serves' : 'by policy'
}

const start = () =>
  createModelReloader({
    modelsDir,
    requirement,
    pollMs: 20,
    backoff: { initialMs: 5, maxMs: 10, maxAttempts: 3 },
    load: loadPredictor,
    selfTest: runSelfTest,
    dispose: (model) => model.dispose(),
  })

const meet = {
  library: async () => word(await resolveModelDir({ modelsDir, requirement })),
  start: async () => {
    const reloader = await start()
    const { served, degraded } = reloader.status()
    await reloader.close()
    return word({ source: served.source, degraded })
  },
  running: async () => {
    const reloader = await start()
    process.stdout.write('ready\n')
    const before = reloader.current
    // What rests was tried more than once: it is no moment between two states.
    while (!reloader.status().failing?.resting && reloader.current === before)
      await new Promise((resolve) => setTimeout(resolve, 5))
    const { served, degraded } = reloader.status()
    await reloader.close()
    return served === before ? `keeps: ${degraded?.code}` : word({ source: served.source, degraded })
  },
}

process.stdout.write(`${await meet[how]().catch(({ code }) => `error: ${code}`)}\n`)
