// The floor in C, compiled when there is a compiler.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SOURCE = fileURLToPath(new URL('../files.c', import.meta.url))

/** Compiles bench/files.c; undefined without a compiler. */
export function compileFloor(dir) {
  const program = join(dir, 'files')
  try {
    execFileSync('cc', ['-O2', '-o', program, SOURCE], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  /** Milliseconds of one pass. */
  return (what, models) => Number(execFileSync(program, [what, models], { encoding: 'utf8' })) / 1e6
}
