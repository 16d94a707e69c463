// Everything that is promised about speed, measured.
//   node bench/run.mjs [--quick] [--json FILE] [--only ROWS]
// Each figure is a median of runs that take turns with their floor; --only names groups, joined by commas.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { describeMachine } from './lib/machine.mjs'
import { unmeasured } from './lib/measure.mjs'
import { renderTable } from './lib/table.mjs'
import { isMet, TARGETS } from './targets.mjs'

const GROUPS = {
  commands: async (options) => (await import('./rows/commands.mjs')).measureCommands(options),
  starts: async (options) => (await import('./rows/starts.mjs')).measureStarts(options),
  scan: async (options) => (await import('./rows/scan.mjs')).measureScan(options),
  resolve: async (options) => (await import('./rows/resolve.mjs')).measureResolve(options),
  switch: async (options) => (await import('./rows/switch.mjs')).measureSwitch(options),
  many: async (options) => (await import('./rows/commands.mjs')).measureManyBundles(options),
  prediction: async (options) => (await import('./rows/others.mjs')).measurePrediction(options),
  reload: async (options) => (await import('./rows/others.mjs')).measureReload(options),
}

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' }, only: { type: 'string' } },
})
const groups = values.only?.split(',') ?? Object.keys(GROUPS)
const started = performance.now()
const rows = []
for (const name of groups) {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'taskclf-bench-')))
  process.stderr.write(`${name} …\n`)
  try {
    rows.push(...(await GROUPS[name]({ dir, quick: values.quick })))
  } catch (error) {
    rows.push(unmeasured(name, name, `failed: ${error.message.split('\n')[0]}`))
    process.exitCode = 1
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
const result = {
  version: 1,
  date: new Date().toISOString(),
  quick: values.quick,
  seconds: Math.round((performance.now() - started) / 1000),
  machine: describeMachine(),
  rows: rows.map((each) => ({ ...each, target: TARGETS[each.id]?.text, met: isMet(each) })),
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`)
process.stdout.write(renderTable(result))
