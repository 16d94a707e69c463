import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type RunEvent, type RunManifest, type RunSpec, startRun } from '@taskclf/runs'

const example = (path: string) => fileURLToPath(new URL(`../../examples/${path}`, import.meta.url))

export const MAKE_WINDOWS = example('data/make-windows.mjs')
export const SCHEMA = example('demo/feature-schema.json')
export const NODE_TRAINER = example('trainer-node/main.mjs')
export const PYTHON_TRAINER = example('trainer-python/train.py')

/** Of the Node trainer: its files are JavaScript without types. */
export async function importTrainer<T>(file: string): Promise<T> {
  return (await import(example(`trainer-node/${file}`))) as T
}

/** Makes a CSV of windows with the program in examples/data. */
export async function makeWindows(
  path: string,
  options: { rows: number; seed: number; noise?: number },
): Promise<string> {
  const { rows, seed, noise = 0 } = options
  const args = ['--rows', rows, '--seed', seed, '--noise', noise, '--out', path].map(String)
  await promisify(execFile)(process.execPath, [MAKE_WINDOWS, ...args])
  return path
}

/** What a run left. */
export interface TrainerRun {
  manifest: RunManifest
  bundleDir: string
  events: RunEvent[]
}

let runs = 0

/** Trains as `taskclf train retrain` would: by the protocol, in a process of its own. */
export async function train(
  dir: string,
  spec: Partial<RunSpec> & Required<Pick<RunSpec, 'data'>>,
): Promise<TrainerRun> {
  const id = `run-${++runs}`
  const run = await startRun(
    { command: process.execPath, args: [NODE_TRAINER], seed: 7, ...spec },
    { runsDir: join(dir, 'runs'), id },
  )
  const manifest = await run.done
  const events: RunEvent[] = []
  for await (const event of run.events) events.push(event)
  return { manifest, bundleDir: run.bundleDir, events }
}

/** A spec file and its output directory, for a trainer started without a runner. */
export function writeSpec(dir: string, spec: Record<string, unknown>): Record<string, string> {
  const output = join(dir, 'bundle')
  if (!existsSync(output)) mkdirSync(output, { recursive: true })
  const path = join(dir, 'spec.json')
  writeFileSync(
    path,
    JSON.stringify({ version: 1, run_id: 'r', seed: 7, params: {}, output_dir: output, ...spec }),
  )
  return { TASKCLF_SPEC: path, TASKCLF_OUTPUT_DIR: output }
}
