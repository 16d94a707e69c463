import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A fenced block of a page. */
export interface CodeBlock {
  page: string
  line: number
  language: string
  /** The file that the block is, from ```` ```js [name] ````. */
  file: string | undefined
  text: string
  /** From `<!-- not run: … -->` before it. */
  notRun: string | undefined
}

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const RUNNABLE = new Set(['sh', 'bash', 'console', 'js', 'mjs', 'ts'])

/** Pages whose blocks another test runs, and that test. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  'docs/guides/typescript-and-jest.md': 'tests/docs/typescript-and-jest.test.ts',
  'docs/guides/recipes.md': 'tests/docs/recipes.test.ts',
  'docs/guides/permissions.md': 'tests/docs/permissions.test.ts',
  'docs/guides/trainers.md': 'packages/runs/test/documents.test.ts',
}

/** The pages that people write: guides and contracts; what is generated is tested where it is generated. */
export function writtenPages(): string[] {
  return ['docs', 'docs/guides', 'docs/decisions'].flatMap((dir) =>
    readdirSync(join(ROOT, dir))
      .filter((file) => file.endsWith('.md'))
      .map((file) => `${dir}/${file}`),
  )
}

/** The example that a page is read in: the demo, or what `<!-- in: examples/… -->` names. */
export function exampleOf(page: string): string {
  return (
    /^<!-- in: (examples\/[\w-]+) -->$/m.exec(readFileSync(join(ROOT, page), 'utf8'))?.[1] ?? 'examples/demo'
  )
}

/** Every fenced block of a page, in order. */
export function blocksOf(page: string): CodeBlock[] {
  const text = readFileSync(join(ROOT, page), 'utf8')
  const fences = text.matchAll(/^```(\w*)(?: \[([\w.-]+)\])?\n([\s\S]*?)^```$/gm)
  return [...fences].map(({ 1: language = '', 2: file, 3: code = '', index }) => {
    const before = text.slice(0, index)
    const notRun = /<!-- not run: (.+?) -->\s*$/.exec(before)?.[1]
    return { page, line: before.split('\n').length, language, file, text: code, notRun }
  })
}

export const isRunnable = ({ language }: CodeBlock) => RUNNABLE.has(language)
