import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { type RunResult, runNode } from './processes.js'

/**
 * Runs every ts block of a package's README in turn, as a user's program would: built packages by name, `cwd` as given.
 * The program lies in the package's directory for the moment, so that names resolve as they do for a dependent.
 */
export async function runReadmeExample(packageDir: string, cwd: string): Promise<RunResult[]> {
  const text = readFileSync(join(packageDir, 'README.md'), 'utf8')
  const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '')
  if (blocks.length === 0) throw new Error(`${packageDir}/README.md has no ts block to run`)
  const results: RunResult[] = []
  for (const [i, block] of blocks.entries()) {
    const { code } = await transform(block, { loader: 'ts', format: 'esm', target: 'node20' })
    const file = join(packageDir, `.readme-example-${process.pid}-${i}.mjs`)
    writeFileSync(file, code)
    try {
      results.push(await runNode(file, [], { cwd }))
    } finally {
      rmSync(file, { force: true })
    }
  }
  return results
}
