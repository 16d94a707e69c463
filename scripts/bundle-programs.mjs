// Bundles TypeScript programs of tests/ with the packages' sources, so that they need no build and start quickly.
// No library: a dozen lines around esbuild.
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Answers the directory that holds `<name>.mjs` for each of the programs (paths from the repository's root). */
export async function bundlePrograms(paths, sources = root) {
  const outdir = mkdtempSync(join(tmpdir(), 'taskclf-programs-'))
  const packages = readdirSync(join(sources, 'packages')).filter((name) => name !== 'cli')
  await build({
    entryPoints: Object.fromEntries(paths.map((path) => [basename(path, '.ts'), join(root, path)])),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; globalThis.require ??= requireFrom(import.meta.url);",
    },
    alias: Object.fromEntries([
      ['@taskclf/registry/memory', join(sources, 'packages/registry/src/memory.ts')],
      ['@taskclf/lightgbm/worker', join(sources, 'packages/lightgbm/src/worker.ts')],
      ['@taskclf/registry-core/format', join(sources, 'packages/registry-core/src/format.ts')],
      ...packages.map((name) => [`@taskclf/${name}`, join(sources, `packages/${name}/src/index.ts`)]),
    ]),
  })
  return outdir
}
