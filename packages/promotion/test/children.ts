import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { spawnProgram } from '@taskclf/test-kit'
import { build } from 'esbuild'
import { afterAll, beforeAll } from 'vitest'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Makes one file of a program under test/programs and the sources it uses: hundreds of children start faster so, and
 * they run what is being tested, not what was built last. Answers how to start it.
 */
export function useProgram(name: string): (args: string[], env?: Record<string, string>) => Child {
  let dir: string
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'taskclf-program-'))
    await build({
      entryPoints: [here(`programs/${name}.mjs`)],
      outfile: join(dir, `${name}.mjs`),
      tsconfig: here('../../../tsconfig.json'),
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
    })
  })
  afterAll(() => rmSync(dir, { recursive: true, force: true }))
  return (args, env = {}) => new Child(spawnProgram(join(dir, `${name}.mjs`), args, { env }))
}

/** A running program, and what it has said so far. */
export class Child {
  readonly ended: Promise<void>
  #text = ''
  #wake: () => void = () => {}

  constructor(readonly process: ChildProcess) {
    const hear = (chunk: Buffer) => {
      this.#text += chunk.toString()
      this.#wake()
    }
    this.process.stdout?.on('data', hear)
    this.process.stderr?.on('data', hear)
    this.process.stdin?.on('error', () => {})
    this.ended = new Promise((resolve) => {
      this.process.once('close', () => {
        resolve()
        this.#wake()
      })
    })
  }

  /** Waits until it has said the word. */
  async said(word: string): Promise<this> {
    while (!this.#text.includes(word)) {
      if (this.process.exitCode !== null) throw new Error(`ended without "${word}": ${this.#text}`)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    return this
  }

  tell(): void {
    this.process.stdin?.write('go\n')
  }

  kill(): void {
    this.process.kill('SIGKILL')
  }

  /** The JSON of its last line, once it has ended. */
  async answer<T>(): Promise<T> {
    await this.ended
    return JSON.parse(this.#text.trim().split('\n').at(-1) ?? '')
  }
}
