import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** The files of one bundle, by their paths inside it. */
export type Files = ReadonlyMap<string, Uint8Array>

/** Bundles in memory, and copies of them on disk for callers that need files. */
export class MemoryFiles {
  readonly #bundles = new Map<string, { files: Files; version: number }>()
  readonly #copies = new Map<string, string>()
  #versions = 0
  #dir: string | undefined

  /** @param location what precedes an id, for people */
  constructor(readonly location: string) {}

  locationOf(modelId: string): string {
    return `${this.location}/${modelId}`
  }

  /** In code-unit order. */
  ids(): string[] {
    return [...this.#bundles.keys()].sort()
  }

  get(modelId: string): Files | undefined {
    return this.#bundles.get(modelId)?.files
  }

  put(modelId: string, files: Files): void {
    this.#bundles.set(modelId, { files, version: ++this.#versions })
  }

  remove(modelId: string): void {
    this.#bundles.delete(modelId)
  }

  /** Changes when the bundle does. */
  version(modelId: string): string {
    return String(this.#bundles.get(modelId)?.version ?? 'absent')
  }

  /** A directory that contains what is there now; one copy is made of each version. */
  copyOf(modelId: string): string | undefined {
    const files = this.get(modelId)
    if (files === undefined) return undefined
    const key = `${modelId}\n${this.version(modelId)}`
    const known = this.#copies.get(key)
    if (known !== undefined) return known
    const path = this.write(modelId, files)
    this.#copies.set(key, path)
    return path
  }

  /** Writes files into a directory of this name, beside no other. */
  write(modelId: string, files: Files): string {
    this.#dir ??= mkdtempSync(join(tmpdir(), 'taskclf-memory-'))
    const path = join(mkdtempSync(join(this.#dir, 'copy-')), modelId)
    mkdirSync(path)
    for (const [name, bytes] of files) {
      mkdirSync(dirname(join(path, name)), { recursive: true })
      writeFileSync(join(path, name), bytes)
    }
    return path
  }

  /** Removes the copies. */
  dispose(): void {
    this.#copies.clear()
    if (this.#dir !== undefined) rmSync(this.#dir, { recursive: true, force: true })
    this.#dir = undefined
  }
}
