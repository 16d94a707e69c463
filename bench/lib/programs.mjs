// Whole processes, from spawn to exit.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGE = fileURLToPath(new URL('../../packages/cli', import.meta.url))
const BIN = join(PACKAGE, JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).bin.taskclf)
const PEAK = new URL('./report-peak.mjs', import.meta.url).href

/** The command-line program, when it is built. */
export const cli = existsSync(BIN) ? (...args) => run([BIN, ...args]) : undefined

/** `node` that does nothing. */
export const nothing = () => run(['-e', '0'])

/** Milliseconds and peak memory (MB) of one run of the command-line program. */
export function cliWithPeak(dir, ...args) {
  const file = join(dir, 'peak.txt')
  const start = process.hrtime.bigint()
  run([BIN, ...args], { ...ENV, NODE_OPTIONS: `--import=${PEAK}`, TASKCLF_BENCH_PEAK: file })
  const ms = Number(process.hrtime.bigint() - start) / 1e6
  return { ms, peakMb: Number(readFileSync(file, 'utf8')) / 1024 }
}

// Reading the certificates that this names takes longer than all the rest of node's start, and hides what is measured.
const { NODE_EXTRA_CA_CERTS: _, ...ENV } = process.env

/** Output goes into a pipe, as in `$(taskclf infer resolve)`. */
function run(args, env = ENV) {
  const { status, stderr } = spawnSync(process.execPath, args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 30,
  })
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`)
}
