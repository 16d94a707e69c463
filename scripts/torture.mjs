// npm run torture [-- --short] [--only crashes|kills|contention] [--kills N] [--crashes N] [--switches N] [--seed S]
// Attacks the pointer's promises far beyond what a test run can. Bounded by counts, reproducible by seed (but for the
// moments at which the system runs processes). The full form takes a quarter of an hour and more; the short form under a minute.
import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundlePrograms } from './bundle-programs.mjs'

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string' },
    kills: { type: 'string' },
    crashes: { type: 'string' },
    switches: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
})
const counts = values.short
  ? { crashes: 20_000, kills: 60, switches: 2_000 }
  : { crashes: 1_000_000, kills: 10_000, switches: 200_000 }
for (const name of Object.keys(counts)) if (values[name]) counts[name] = Number(values[name])

// Memory is where switches cost least, a real disk where syncs are real.
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const programs = await bundlePrograms(
  ['crashes', 'kill-victim', 'kills', 'contended-writer', 'contention'].map(
    (name) => `tests/torture/${name}.ts`,
  ),
)
const program = (name) => join(programs, `${name}.mjs`)
const attacks = {
  crashes: [program('crashes'), counts.crashes, values.seed, tmpdir()],
  contention: [program('contention'), counts.switches, values.seed, program('contended-writer'), memory],
  kills: [program('kills'), counts.kills, values.seed, program('kill-victim'), memory, tmpdir()],
}

let failed = false
try {
  for (const [name, args] of Object.entries(attacks)) {
    if (values.only && values.only !== name) continue
    const said = await run(args.map(String))
    failed ||= said.code !== 0
    process.stdout.write(
      `${name}: ${said.code === 0 ? said.stdout.trim() : 'FORBIDDEN OUTCOME (see above)'}\n`,
    )
  }
} finally {
  rmSync(programs, { recursive: true, force: true })
}
process.exit(failed ? 1 : 0)

function run(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let stdout = ''
    child.stdout.on('data', (chunk) => (stdout += chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout }))
  })
}
