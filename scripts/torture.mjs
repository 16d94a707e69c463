// npm run torture [-- --short] [--only ATTACK] [--crashes N] [--switches N] [--kills N] [--stops N] [--containers N] [--states N] [--reloads N] [--seed S]
// Attacks the pointer's promises far beyond what a test run can. Bounded by counts, reproducible by seed (but for the moments at
// which the system runs processes). Ends with a summary by outcome. The full form takes half an hour; the short form minutes.
// No library: these attacks are ours.
import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundlePrograms } from './bundle-programs.mjs'

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string' },
    kills: { type: 'string' },
    crashes: { type: 'string' },
    switches: { type: 'string' },
    stops: { type: 'string' },
    containers: { type: 'string' },
    states: { type: 'string' },
    reloads: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
})
const counts = values.short
  ? { crashes: 20_000, kills: 60, switches: 2_000, stops: 100, containers: 24, states: 4_000, reloads: 200 }
  : {
      crashes: 1_000_000,
      kills: 10_000,
      switches: 200_000,
      stops: 5_000,
      containers: 1_000,
      states: 100_000,
      reloads: 2_200,
    }
for (const name of Object.keys(counts)) if (values[name]) counts[name] = Number(values[name])

// Memory is where switches cost least, a real disk where syncs are real.
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const SERVICE = fileURLToPath(
  new URL('../packages/infer-resolver/test/programs/serve-under-load.mjs', import.meta.url),
)
const NAMES = [
  'crashes',
  'kill-victim',
  'kills',
  'contended-writer',
  'contention',
  'stop-victim',
  'stops',
  'container-writer',
  'containers',
  'interleavings',
  'reloads',
]
const programs = await bundlePrograms(NAMES.map((name) => `tests/torture/${name}.ts`))
const program = (name) => join(programs, `${name}.mjs`)
const attacks = {
  interleavings: [program('interleavings'), counts.states, tmpdir()],
  crashes: [program('crashes'), counts.crashes, values.seed, tmpdir()],
  contention: [program('contention'), counts.switches, values.seed, program('contended-writer'), memory],
  stops: [program('stops'), counts.stops, values.seed, program('stop-victim'), memory],
  containers: [program('containers'), counts.containers, values.seed, program('container-writer'), memory],
  // On the built libraries: run npm run build first.
  reloads: [program('reloads'), counts.reloads, values.seed, SERVICE, memory],
  kills: [program('kills'), counts.kills, values.seed, program('kill-victim'), memory, tmpdir()],
}

const summary = []
try {
  for (const [name, args] of Object.entries(attacks)) {
    if (values.only && values.only !== name) continue
    const said = await run(args.map(String))
    summary.push(lineOf(name, said))
    process.stdout.write(
      `${name}: ${said.code === 0 ? said.stdout.trim() : 'FORBIDDEN OUTCOME (see above)'}\n`,
    )
  }
} finally {
  rmSync(programs, { recursive: true, force: true })
}
process.stdout.write(`\n${summary.map(({ text }) => text).join('\n')}\n`)
process.exit(summary.every(({ ok }) => ok) ? 0 : 1)

/** What an attack came to, for people: its counts by outcome, what was left out and why. */
function lineOf(name, { code, stdout }) {
  if (code !== 0) return { ok: false, text: `${name.padEnd(14)} FORBIDDEN OUTCOME` }
  const { forbidden, skipped, why, seconds, ...figures } = JSON.parse(stdout)
  const flat = Object.entries(figures).flatMap(([key, value]) =>
    typeof value === 'object'
      ? Object.entries(value).map(([outcome, n]) => [`${key} ${outcome}`, n])
      : [[key, value]],
  )
  const said = flat.map(([key, n]) => `${key} ${n}`).join(', ')
  const left = skipped === undefined ? '' : `, ${skipped} skipped (${why})`
  return {
    ok: forbidden === 0,
    text: `${name.padEnd(14)} ${forbidden} forbidden${left}; ${said}; ${seconds} s`,
  }
}

function run(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let stdout = ''
    child.stdout.on('data', (chunk) => (stdout += chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout }))
  })
}
