import { join } from 'node:path'
import { build } from 'esbuild'

/** A package's sources (an `index.ts`) as one file that any process can import without a build; answers its path. */
export async function bundleFile(entry: string, into: string): Promise<string> {
  const outfile = join(into, 'bundled.mjs')
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  })
  return outfile
}
