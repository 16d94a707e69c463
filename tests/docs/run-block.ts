import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { expect } from 'vitest'
import type { CodeBlock } from './code-blocks.js'
import { typeConsole, typeLines } from './type-console.js'

/** Runs a block of a page in a reader's folder; it must succeed, and print what it shows. */
export async function runBlock(block: CodeBlock, cwd: string): Promise<void> {
  if (block.language === 'console') return typeConsole(block, cwd)
  const shell = block.language === 'sh' || block.language === 'bash'
  const lines = shell ? block.text : `'${process.execPath}' '${await asModule(block, cwd)}'`
  const { code, both } = await typeLines(lines, cwd)
  expect(code, `${block.page}:${block.line}\n${block.text}\n${both}`).toBe(0)
}

async function asModule({ text, line }: CodeBlock, cwd: string): Promise<string> {
  const { code } = await transform(text, { loader: 'ts', format: 'esm', target: 'node20' })
  const file = join(cwd, `block-${line}.mjs`)
  writeFileSync(file, code)
  return file
}
