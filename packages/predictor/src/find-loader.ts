import { extname } from 'node:path'
import { loadLightgbm } from './load-lightgbm.js'
import type { RuntimeLoader, RuntimeLoaders } from './runtime.js'

/** What can be loaded without a word. */
export const DEFAULT_LOADERS: RuntimeLoaders = { 'model.txt': loadLightgbm }

/** The first artifact that a loader is for, and that loader. */
export function findLoader(
  artifacts: readonly string[],
  given: RuntimeLoaders,
): { name: string; loader: RuntimeLoader } | undefined {
  const loaders = { ...DEFAULT_LOADERS, ...given }
  for (const name of artifacts) {
    const keys = [name, `*${extname(name)}`, extname(name)]
    const key = keys.find((each) => Object.hasOwn(loaders, each))
    const loader = key === undefined ? undefined : loaders[key]
    if (loader) return { name, loader }
  }
  return undefined
}

/**
 * The artifact of a bundle that {@link loadPredictor} loads, by its name; undefined when no loader is for any of them.
 *
 * @param artifacts - A bundle's `artifacts`.
 * @param loaders - As given to `loadPredictor`, by name (`model.bin`) or ending (`.onnx`, `*.onnx`); LightGBM's `model.txt` needs none.
 * @example
 * ```ts
 * loadableArtifact(['weights.bin', 'forest.onnx'], { '*.onnx': loadOnnx }) // 'forest.onnx'
 * ```
 */
export function loadableArtifact(
  artifacts: readonly string[],
  loaders: RuntimeLoaders = {},
): string | undefined {
  return findLoader(artifacts, loaders)?.name
}
