import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type * as Program from '../src/cli.js'
import { helpFile } from '../src/plain-help.js'

/** Writes what the program in `outDir` says to `--help`, for its entry: what lays it out takes longer to load than all the rest. */
export async function writeHelp(outDir: string): Promise<void> {
  const { COMMANDS, runTaskclf } = createRequire(import.meta.url)(join(outDir, 'cli.cjs')) as typeof Program
  mkdirSync(join(outDir, 'help'), { recursive: true })
  for (const words of [
    [],
    ...COMMANDS.map(({ path }) => path.slice(0, 1)),
    ...COMMANDS.map(({ path }) => path),
  ]) {
    let text = ''
    const stdout = { write: (part: string) => (text += part) }
    const stderr = {
      write: (message: string) => {
        throw new Error(message)
      },
    }
    await runTaskclf([...words, '--help'], { stdout, stderr, env: {}, cwd: outDir, now: () => new Date() })
    writeFileSync(join(outDir, helpFile(words)), text)
  }
}
