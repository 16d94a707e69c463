import type { Options } from 'tsup'

/** What every package's build has in common: ESM, types, no bundling of dependencies. */
export const base: Options = {
  entry: ['src/index.ts'],
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  sourcemap: false,
  splitting: true,
  treeshake: true,
  clean: true,
}
