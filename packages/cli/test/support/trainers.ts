import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BundleSpec, scratchDir, spawnProgram, writeBundle } from '@taskclf/test-kit'
import { expect, vi } from 'vitest'

const BIN = fileURLToPath(new URL('../../dist/bin.cjs', import.meta.url))
const TRAINER = fileURLToPath(new URL('../programs/trainer.mjs', import.meta.url))

/** `--trainer` for the test trainer: what it does, and the score of its model. */
export function trainer(what = 'train', score = ''): string {
  return `${process.execPath} "${TRAINER}" ${what} ${score}`
}

/** A working directory with an empty models dir. */
export function place(): { dir: string; models: string } {
  const dir = scratchDir()
  const models = join(dir, 'models')
  mkdirSync(models)
  return { dir, models }
}

/** A candidate that names itself, of the given score. */
export function candidate(dir: string, id: string, macro_f1 = 0.9, more: BundleSpec = {}): string {
  return writeBundle(join(dir, 'candidates'), id, {
    ...more,
    metadata: { model_id: id, ...more.metadata },
    metrics: { macro_f1, ...more.metrics },
  })
}

/** Profiles and whatever else a configuration says. */
export function configure(dir: string, config: Record<string, unknown>): void {
  writeFileSync(join(dir, 'taskclf.config.json'), JSON.stringify(config))
}

/** A profile that runs the test trainer. */
export function profile(what = 'train', score = '0.9', more: Record<string, unknown> = {}) {
  return { command: process.execPath, args: [TRAINER, what, score], ...more }
}

export interface Started {
  child: ChildProcess
  stdout(): string
  stderr(): string
  /** Exit code and signal. */
  ended: Promise<[number | null, NodeJS.Signals | null]>
}

/** The built binary, left running. */
export function started(args: string[], cwd: string): Started {
  const child = spawnProgram(BIN, args, { cwd })
  const said = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk) => {
    said.stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    said.stderr += chunk
  })
  const ended = once(child, 'close') as Started['ended']
  return { child, stdout: () => said.stdout, stderr: () => said.stderr, ended }
}

/** The only run there is, once its trainer says that it hangs. */
export async function hangingRun(dir: string): Promise<string> {
  return vi.waitFor(
    () => {
      const [id = ''] = readdirSync(join(dir, 'runs'))
      expect(readFileSync(join(dir, 'runs', id, 'events.ndjson'), 'utf8')).toContain('"hang"')
      return id
    },
    { timeout: 20_000, interval: 50 },
  )
}

/** A run's manifest, as on disk. */
export function manifestOf(dir: string, id: string): { state: string; process: { pid: number } } {
  return JSON.parse(readFileSync(join(dir, 'runs', id, 'manifest.json'), 'utf8'))
}

/** The process id of a run's trainer. */
export function trainerPid(dir: string, id: string): number {
  return manifestOf(dir, id).process.pid
}

/** Whether a process is there. */
export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A zombie is as good as gone.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

/** What a person sees in a directory. */
export function seen(dir: string): string[] {
  return existsSync(dir)
    ? readdirSync(dir)
        .filter((name) => !name.startsWith('.'))
        .sort()
    : []
}

/** The codes of a document's notes, which every document has besides its data. */
export function noteCodes(document: object): string[] {
  const { notes } = document as { notes: { code: string }[] }
  return notes.map(({ code }) => code)
}
