import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type * as Program from '../src/cli.js'
import { HELP_WIDTHS } from '../src/help-width.js'
import { helpFile } from '../src/plain-help.js'

/** Writes what the program in `outDir` says to `--help`, for its entry: what lays it out takes longer to load than all the rest. */
export async function writeHelp(outDir: string): Promise<void> {
  const { COMMANDS, runTaskclf } = createRequire(import.meta.url)(join(outDir, 'cli.cjs')) as typeof Program
  const lines = COMMANDS.flatMap(({ path }) => [path.slice(0, 1), path])
  for (const columns of HELP_WIDTHS) {
    for (const words of [[], ...lines]) {
      const text = await answerOf(runTaskclf, [...words, '--help'], columns)
      const file = join(outDir, helpFile(words, columns))
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
  }
}

async function answerOf(
  runTaskclf: typeof Program.runTaskclf,
  argv: readonly string[],
  columns: number,
): Promise<string> {
  const said: string[] = []
  const stdout = { isTTY: true, columns, write: (text: string) => said.push(text) }
  const io = { stdout, stderr: stdout, env: {}, cwd: '/', now: () => new Date() }
  if ((await runTaskclf(argv, io)) !== 0) throw new Error(said.join(''))
  return said.join('')
}
