import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, spawnProgram, writeBundle } from '@taskclf/test-kit'
import { expect } from 'vitest'
import type { ActivePointer, HistoryLine } from '../src/index.js'

/** A models dir with bundles run-a, run-b, … */
export function modelsWith(...ids: string[]): string {
  const models = join(scratchDir(), 'models')
  for (const [i, id] of ids.entries()) writeBundle(models, id, { metrics: { macro_f1: 0.8 + i / 100 } })
  return models
}

export async function bundleOf(models: string, id: string): Promise<LocalValidBundle> {
  const bundle = await readBundle(join(models, id))
  if (bundle.status !== 'valid') throw new Error(JSON.stringify(bundle.problems))
  return bundle
}

export function pointerOf(models: string): ActivePointer {
  return JSON.parse(readFileSync(join(models, 'active.json'), 'utf8'))
}

export function linesOf(models: string): HistoryLine[] {
  return textsOf(models).map((text) => JSON.parse(text))
}

/** A kill may cut a line where it crosses from one page to the next: the next writer ends it, and no pointer is of it. */
function wholeLinesOf(models: string): HistoryLine[] {
  return textsOf(models).flatMap((text) => {
    try {
      return [JSON.parse(text)]
    } catch {
      return []
    }
  })
}

function textsOf(models: string): string[] {
  return readFileSync(join(models, 'active_history.jsonl'), 'utf8')
    .split('\n')
    .filter((text) => text !== '')
}

export function program(name: string, ...args: string[]): ChildProcess {
  return spawnProgram(fileURLToPath(new URL(`programs/${name}.mjs`, import.meta.url)), args)
}

/** All that a child prints, once it has ended. */
export async function outputOf(child: ChildProcess): Promise<string> {
  let text = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  await new Promise((resolve) => child.once('close', resolve))
  return text
}

/** Waits until the child has printed the text. */
export function printed(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = ''
    let errors = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      seen += chunk.toString()
      if (seen.includes(text)) resolve()
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      errors += chunk.toString()
    })
    child.once('close', (code, signal) =>
      reject(new Error(`ended (${code ?? signal}) without printing ${text}: ${seen}${errors}`)),
    )
  })
}

/** What the history holds of a pointer: all but the name of its line. */
export function withoutLine({ line: _, ...pointer }: ActivePointer): ActivePointer {
  return pointer
}

/**
 * What must hold of a models dir at rest, checked on the bytes alone: the pointer is whole, its line is there, and
 * going backwards by write_id every old is the new of an earlier line, down to the first.
 */
export function expectUnbrokenChain(models: string): HistoryLine[] {
  const lines = wholeLinesOf(models)
  const byId = new Map(lines.map((line, i) => [line.write_id, { line, i }]))
  const chain: HistoryLine[] = []
  let pointer: ActivePointer | null = withoutLine(pointerOf(models))
  let before = lines.length
  while (pointer !== null) {
    const found = byId.get(pointer.write_id)
    expect(found?.line.new).toEqual(pointer)
    expect(found?.i).toBeLessThan(before)
    if (found === undefined) break
    chain.unshift(found.line)
    before = found.i
    pointer = found.line.old
  }
  const revisions = chain.map((line) => line.revision as number)
  expect(revisions).toEqual([...revisions].sort((a, b) => a - b))
  expect(new Set(revisions).size).toBe(revisions.length)
  return chain
}
