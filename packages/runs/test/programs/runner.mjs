// Starts a run as `taskclf train retrain` would, in a process of its own: `runner.mjs <runsDir> <id> <trainer> <mode> [exit]`.
import { startRun } from '../../dist/index.js'

const [runsDir, id, trainer, mode, exit] = process.argv.slice(2)
const run = await startRun(
  { command: process.execPath, args: [trainer, mode], graceMs: 200 },
  { runsDir, id },
)
for await (const event of run.events) {
  if (event.type !== 'phase') continue
  process.stdout.write('ready\n')
  if (exit) process.exit(7)
}
process.stdout.write(`${(await run.done).state}\n`)
