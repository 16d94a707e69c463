import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Loader } from './import-loaders.js'

/** A package of ours with a loader, what it is for, and what the loader is called there. */
const KNOWN = [{ name: '@taskclf/onnx', ending: '.onnx', exported: 'loadOnnx' }] as const

/**
 * Loaders of packages that are installed at one of these places, each by the ending it is for; one for which a loader is given already is not
 * looked for. A package is loaded when a model of its kind is.
 */
export function installedLoaders(
  dirs: readonly string[],
  given: Readonly<Record<string, Loader>>,
): Readonly<Record<string, Loader>> {
  const found: Record<string, Loader> = {}
  for (const { name, ending, exported } of KNOWN) {
    if (Object.hasOwn(given, ending) || Object.hasOwn(given, `*${ending}`)) continue
    const file = dirs.map((dir) => placeOf(name, dir)).find((place) => place !== undefined)
    if (file === undefined) continue
    found[`*${ending}`] = async (...args) => {
      const module: Record<string, Loader | undefined> = await import(pathToFileURL(file).href)
      return module[exported]?.(...args)
    }
  }
  return found
}

/** The file of a package in the `node_modules` of a directory, or of one above it. */
function placeOf(name: string, dir: string): string | undefined {
  for (let at = dir; ; at = dirname(at)) {
    const own = join(at, 'node_modules', name, 'package.json')
    // A package knows itself by its name.
    if (existsSync(own)) return createRequire(own).resolve(name)
    if (dirname(at) === at) return undefined
  }
}
