import type { Plugin } from 'esbuild'

/** Imported outright where it is used, but only a bundle that is not in order needs it. */
const ABSENT = ['/read-bundle-at.js']

/**
 * Makes of an entry a program that knows nothing beyond what it imports outright: what it would load on occasion is not there, and
 * asking for it fails; only `./cli.js`, the whole program, can be loaded. Cryptography comes from `crypto`.
 */
export function shortProgram(crypto: string): Plugin {
  return {
    name: 'short-program',
    setup: (build) => {
      // As require, which does not start the loader of modules.
      build.initialOptions.supported = { 'dynamic-import': false }
      build.onResolve({ filter: /.*/ }, ({ kind, path }) => {
        if (path === './cli.js') return { path: './cli.cjs', external: true }
        if (path === 'node:crypto') return { path: crypto }
        const isAbsent = kind === 'dynamic-import' || ABSENT.some((file) => path.endsWith(file))
        return isAbsent ? { path, namespace: 'not-here' } : undefined
      })
      // Empty: calling what is not in there throws.
      build.onLoad({ filter: /.*/, namespace: 'not-here' }, () => ({ contents: 'module.exports = {}' }))
    },
  }
}
