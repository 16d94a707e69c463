import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { listBundles } from '@taskclf/registry-core'
import { copyDemoModels, copyRegistryModels, scratchDir } from '@taskclf/test-kit'
import { type BuildResult, build } from 'esbuild'
import { describe, expect, it } from 'vitest'

/** The packages whose `src/format` is pure. */
const PACKAGES = ['registry-core', 'active-pointer']

const packages = fileURLToPath(new URL('../../packages/', import.meta.url))

const bundled = (contents: string) =>
  build({
    stdin: { contents, resolveDir: packages, loader: 'ts' },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'format',
    target: 'es2022',
    logLevel: 'silent',
  })

/** Every file, whether an entry leads to it or not. */
const allOf = (name: string) =>
  readdirSync(join(packages, name, 'src/format'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file, i) => `export * as file${i} from ${JSON.stringify(`./${name}/src/format/${file}`)}`)
    .join('\n')

const importsOf = ({ metafile }: BuildResult<{ metafile: true }>) =>
  Object.values(metafile.inputs).flatMap(({ imports }) => imports)

describe.each(PACKAGES)('the format of %s', (name) => {
  it('bundles for a browser without node, and with nothing of others but zod and the distance of names', async () => {
    const result = await bundled(allOf(name))
    expect(importsOf(result).filter(({ path, external }) => external || path.startsWith('node:'))).toEqual([])
    const foreign = Object.keys(result.metafile.inputs).filter(
      (path) =>
        /node_modules\//.test(path) &&
        !/node_modules\/(zod|fastest-levenshtein|@taskclf\/errors)\//.test(path),
    )
    expect(foreign).toEqual([])
  })

  it('cannot be bundled if it had anything of the rest', async () => {
    await expect(bundled(`export * from './${name}/src/index.ts'`)).rejects.toThrow('Could not resolve')
  })
})

it('reads a bundle in a world without files, process, Buffer and clock as it is read from its directory', async () => {
  const { outputFiles } = await bundled("export * from './registry-core/src/format.ts'")
  const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
  const context = createContext({ sha256, TextDecoder, TextEncoder, Uint8Array })
  runInContext('delete globalThis.Date; Math.random = undefined', context)
  runInContext(outputFiles[0]?.text ?? '', context)
  const read = runInContext(
    `(files, place) => {
      const bundle = format.readBundleFrom(format.gatheredSource(files), place, sha256)
      // What is made when it is asked for is made here.
      return [JSON.stringify(bundle, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
        typeof process, typeof Buffer, typeof require]
    }`,
    context,
  ) as (files: ReadonlyMap<string, unknown>, place: object) => string[]
  for (const copy of [copyDemoModels, copyRegistryModels]) {
    for (const { path, ...bundle } of await listBundles(copy(scratchDir()))) {
      const files = new Map(
        readdirSync(path).map((name) => {
          const bytes = new Uint8Array(readFileSync(join(path, name)))
          return [name, { size: bytes.length, bytes }]
        }),
      )
      const place = { modelId: bundle.modelId, promoted: true, location: bundle.location }
      const [text = '', ...world] = read(files, place)
      expect(JSON.parse(text)).toEqual(
        JSON.parse(JSON.stringify(bundle, (_, value) => (typeof value === 'bigint' ? String(value) : value))),
      )
      expect(world).toEqual(['undefined', 'undefined', 'undefined'])
    }
  }
})
