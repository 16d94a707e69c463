import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

/** How many bytes of zod a program needs that imports these names. */
async function bytesOfZod(names: string): Promise<number> {
  const index = fileURLToPath(new URL('../src/index.ts', import.meta.url))
  const { metafile } = await build({
    stdin: {
      contents: `import { ${names} } from ${JSON.stringify(index)}; globalThis.used = [${names}]`,
      resolveDir: '.',
    },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  })
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs))
  return inputs
    .filter(([path]) => /node_modules\/zod\//.test(path))
    .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0)
}

it('needs no zod for a program that reads bundles and publishes no schema', async () => {
  const reading = 'listBundles, readBundle, verifyBundle, readFeatureSchema, computeBundleDigest, writeIndex'
  expect(await bytesOfZod(reading)).toBe(0)
})

it('notices zod where it is', async () => {
  expect(await bytesOfZod('bundleMetricsSchema')).toBeGreaterThan(10_000)
})
