import { delimiter, join } from 'node:path'
import { expect } from 'vitest'
import type { CodeBlock } from './code-blocks.js'
import { consoleSteps, shows } from './console-block.js'
import { type Finished, runProgram } from './run-program.js'

/** Types lines into a shell in a reader's folder, where npx finds taskclf. */
export function typeLines(lines: string, cwd: string): Promise<Finished> {
  return runProgram('bash', ['-e', '-c', lines], cwd, [join(cwd, 'bin'), process.env.PATH].join(delimiter))
}

/** Types each command of a block, which must succeed and print what is shown: on standard output, or on both as on a terminal. */
export async function typeConsole({ page, line, text }: CodeBlock, cwd: string): Promise<void> {
  for (const { command, shown } of consoleSteps(text)) {
    const { code, stdout, both } = await typeLines(command, cwd)
    const said = `${page}:${line}\n$ ${command}\n${both}`
    expect(code, said).toBe(0)
    if (!shows(shown, both)) expect(stdout, said).toSatisfy((printed) => shows(shown, printed))
  }
}
