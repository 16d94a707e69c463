import { execFile } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openRegistry } from '@taskclf/registry'
import { type Run, startRun } from '@taskclf/runs'
import { demoDir, scratchDir } from '@taskclf/test-kit'
import { expect } from 'vitest'

const BIN = fileURLToPath(new URL('../../packages/cli/dist/bin.cjs', import.meta.url))
const BEST = '2026-03-02_031009_run-8935'
const RUN = '20260401T090000Z-4f1c2a7b'

/** Makes a bundle of the candidate, at once. */
const TRAINER = `
import { cpSync } from 'node:fs'
cpSync('candidate', process.env.TASKCLF_OUTPUT_DIR, { recursive: true })
`

/** Programs that the examples call, each as one line of a shell. */
const PROGRAMS = {
  taskclf: `exec '${process.execPath}' '${BIN}' "$@"`,
  python3: `exec '${process.execPath}' train.mjs`,
  make: 'exit 0',
  collector: 'cat windows.jsonl',
}

/** Fills it with the demo and all else that the examples name: a candidate, rows, a configuration, a run, three switches. */
export async function fillExampleFolder(dir: string): Promise<void> {
  cpSync(demoDir, dir, { recursive: true })
  cpSync(join(dir, 'models', BEST), join(dir, 'candidate'), { recursive: true })
  const metadata = join(dir, 'candidate/metadata.json')
  const stated = JSON.parse(readFileSync(metadata, 'utf8'))
  writeFileSync(metadata, JSON.stringify({ ...stated, model_id: 'run-next' }))
  writeFileSync(join(dir, 'windows.jsonl'), `${JSON.stringify(firstRow(join(dir, 'windows.csv')))}\n`)
  writeFileSync(join(dir, 'train.mjs'), TRAINER)
  const nightly = { command: process.execPath, args: ['train.mjs'] }
  writeFileSync(join(dir, 'taskclf.config.json'), JSON.stringify({ version: 1, profiles: { nightly } }))
  for (const below of ['bin', '.zfunc']) mkdirSync(join(dir, below))
  for (const [name, line] of Object.entries(PROGRAMS)) {
    writeFileSync(join(dir, 'bin', name), `#!/bin/sh\n${line}\n`)
    chmodSync(join(dir, 'bin', name), 0o755)
  }
  const run = await startRun({ ...nightly, cwd: dir }, { runsDir: join(dir, 'runs'), id: RUN })
  expect((await run.done).state).toBe('succeeded')
  for (const [i, id] of ['2026-01-19_031044_run-0409', '2026-02-16_031012_run-2286', BEST].entries()) {
    // On a day that examples ask for.
    const now = () => new Date(`2026-03-01T1${i + 2}:00:00Z`)
    await (await openRegistry(join(dir, 'models'), { now, actor: 'ops' })).activate(id)
  }
}

/** A copy of such a folder, to change at will. */
export function copyOf(folder: string): string {
  const dir = scratchDir()
  cpSync(folder, dir, { recursive: true })
  return dir
}

/** In place of the run that is over, one that does not end. */
export function endlessRun(dir: string): Promise<Run> {
  rmSync(join(dir, 'runs'), { recursive: true })
  return startRun({ command: 'sleep', args: ['600'] }, { runsDir: join(dir, 'runs'), id: RUN })
}

/** Types a line into a shell; it must end well. This process goes on meanwhile: it may be watching over a run. */
export async function typeLine(line: string, dir: string): Promise<void> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(TASKCLF_|VITEST|NODE_OPTIONS)/.test(name),
  )
  const env = {
    ...Object.fromEntries(inherited),
    HOME: dir,
    PATH: [join(dir, 'bin'), process.env.PATH].join(delimiter),
  }
  const said = await new Promise<string>((resolve) => {
    execFile('bash', ['-e', '-o', 'pipefail', '-c', line], { cwd: dir, env }, (error, stdout, stderr) =>
      resolve(error === null ? '' : `${error.message}\n${stdout}\n${stderr}`),
    )
  })
  expect(said, line).toBe('')
}

function firstRow(csv: string): Record<string, string> {
  const [header = [], cells = []] = readFileSync(csv, 'utf8')
    .split('\n', 2)
    .map((line) => line.trim().split(','))
  return Object.fromEntries(header.map((name, i) => [name, cells[i] ?? '']))
}
