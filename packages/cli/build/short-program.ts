import type { Plugin } from 'esbuild'

/** What a short program loads on occasion: programs of their own, by the import that asks for them. */
const BESIDE: Readonly<Record<string, string>> = {
  './cli.js': './cli.cjs',
  './plain-help.js': './help.cjs',
  './plain-train-list.js': './train-list.cjs',
}

/**
 * Makes of an entry a program that knows nothing beyond what it imports outright. What it would load on occasion is not there, and
 * asking for it fails, except for the programs beside it. Two things it imports are put off until they are called: the reader
 * that explains what is wrong with a bundle, and cryptography.
 */
export const shortProgram: Plugin = {
  name: 'short-program',
  setup: (build) => {
    // As require, which does not start the loader of modules.
    build.initialOptions.supported = { 'dynamic-import': false }
    build.onResolve({ filter: /.*/ }, ({ kind, path }) => {
      if (kind === 'entry-point') return undefined
      if (BESIDE[path] !== undefined) return { path: BESIDE[path], external: true }
      if (path.endsWith('/read-bundle-at.js')) return { path: 'read-bundle-at', namespace: 'put-off' }
      if (path === 'node:crypto') return { path: 'crypto', namespace: 'put-off' }
      return kind === 'dynamic-import' ? { path, namespace: 'not-here' } : undefined
    })
    // Calling what is not in there throws.
    build.onLoad({ filter: /.*/, namespace: 'not-here' }, () => ({ contents: 'module.exports = {}' }))
    build.onLoad({ filter: /.*/, namespace: 'put-off' }, ({ path }) => ({ contents: PUT_OFF[path] ?? '' }))
  },
}

const PUT_OFF: Readonly<Record<string, string>> = {
  'read-bundle-at': `
    const load = process.getBuiltinModule('node:module').createRequire(__filename)
    export const readBundleAt = (place) => load('./read-bundle-at.cjs').readBundleAt(place)`,
  crypto: `
    const crypto = () => process.getBuiltinModule('node:crypto')
    export const createHash = (...given) => crypto().createHash(...given)
    export const hash = (...given) => crypto().hash(...given)`,
}
