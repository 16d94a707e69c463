import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Plugin } from 'esbuild'

/** What a short program loads on occasion: programs of their own, by the import that asks for them. */
const BESIDE: Readonly<Record<string, string>> = {
  './cli.js': './cli.cjs',
  './plain-train-list.js': './train-list.cjs',
}

const EXPORT = /^export \{([^}]*)\} from '([^']+)'$/gm

/**
 * Makes of an entry a program that knows nothing beyond what it imports outright. What it would load on occasion is not there, and
 * asking for it fails, except for the programs beside it. Functions that it has little use for, and cryptography, are put off until
 * they are called.
 *
 * @param onOccasion the file that exports those functions, built as `on-occasion.cjs`
 */
export function shortProgram(onOccasion: string): Plugin {
  const putOff = standIns(onOccasion)
  return {
    name: 'short-program',
    setup: (build) => {
      // As require, which does not start the loader of modules.
      build.initialOptions.supported = { 'dynamic-import': false }
      build.onResolve({ filter: /.*/ }, ({ kind, path, importer }) => {
        if (kind === 'entry-point') return undefined
        if (BESIDE[path] !== undefined) return { path: BESIDE[path], external: true }
        if (path === 'on-occasion') return { path: './on-occasion.cjs', external: true }
        const file = resolve(dirname(importer), path.replace(/\.js$/, '.ts'))
        if (path === 'node:crypto' || putOff[file] !== undefined)
          return { path: path === 'node:crypto' ? path : file, namespace: 'put-off' }
        return kind === 'dynamic-import' ? { path, namespace: 'not-here' } : undefined
      })
      // Calling what is not in there throws.
      build.onLoad({ filter: /.*/, namespace: 'not-here' }, () => ({ contents: 'module.exports = {}' }))
      build.onLoad({ filter: /.*/, namespace: 'put-off' }, ({ path }) => ({
        contents: path === 'node:crypto' ? CRYPTO : (putOff[path] ?? ''),
      }))
    },
  }
}

const CRYPTO = `
  const crypto = () => process.getBuiltinModule('node:crypto')
  export const createHash = (...given) => crypto().createHash(...given)
  export const hash = (...given) => crypto().hash(...given)`

/** What stands in for each file whose functions are put off, by its path. */
function standIns(onOccasion: string): Record<string, string> {
  const lines = readFileSync(onOccasion, 'utf8').matchAll(EXPORT)
  return Object.fromEntries(
    [...lines].map(([, names = '', file = '']) => [
      resolve(dirname(onOccasion), file),
      names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
        .map((name) => `export const ${name} = (...given) => require('on-occasion').${name}(...given)`)
        .join('\n'),
    ]),
  )
}
