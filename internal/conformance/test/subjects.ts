import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type LocalStoreOptions, localStore } from '@taskclf/active-pointer'
import { lookAtRegistry, type RegistryStore } from '@taskclf/promotion'
import { scratchDir } from '@taskclf/test-kit'
import type { Files, Subject } from '../src/index.js'

/** A models dir. */
export function localSubject(options: LocalStoreOptions = {}): Subject {
  const scratch = scratchDir()
  const models = join(scratch, 'models')
  mkdirSync(models)
  const [pointer, history] = [join(models, 'active.json'), join(models, 'active_history.jsonl')]
  return {
    store: publishing(models, options),
    putBundle: (modelId, files) => replaceDirectory(join(models, modelId), files),
    removeBundle: (modelId) => rmSync(join(models, modelId), { recursive: true }),
    putPointer: async (content) => {
      if (content === undefined) return rmSync(pointer, { force: true })
      writeFileSync(`${pointer}.new`, content)
      renameSync(`${pointer}.new`, pointer)
    },
    lines: () => (existsSync(history) ? linesIn(readFileSync(history)) : []),
    putLines: async (lines) => writeFileSync(history, textOf(lines)),
    candidate: (files) => candidateIn(files),
    rejected: () => namesIn(join(scratch, 'rejected_models')),
  }
}

/** A models dir as a store that publishes. */
export function publishing(models: string, options: LocalStoreOptions = {}): RegistryStore {
  const real = localStore(models, options)
  const store: RegistryStore = { ...real, look: () => ({ ...lookAtRegistry(real.look()), store }) }
  return store
}

/** The lines in the bytes of a history. */
export function linesIn(bytes: Uint8Array): string[] {
  return Buffer.from(bytes).toString().split('\n').slice(0, -1)
}

export function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}

export function candidateIn(files: Files): string {
  const dir = join(scratchDir(), 'candidate')
  writeFiles(dir, files)
  return dir
}

/** As one step, for those who look meanwhile. */
export function replaceDirectory(dir: string, files: Files): void {
  const staged = join(dirname(dir), `.new-${Math.random()}`)
  writeFiles(staged, files)
  rmSync(dir, { recursive: true, force: true })
  renameSync(staged, dir)
}

function writeFiles(dir: string, files: Files): void {
  mkdirSync(dir, { recursive: true })
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true })
    writeFileSync(join(dir, name), content)
  }
}

function namesIn(dir: string): string[] {
  return existsSync(dir)
    ? readdirSync(dir)
        .filter((name) => !name.startsWith('.'))
        .sort()
    : []
}
