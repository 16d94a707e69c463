import type { ValidBundle } from '@taskclf/registry-core'

/**
 * The value at a path of `metrics.json`, derived values included; `undefined` when there is none. Keys may themselves
 * contain dots: the longest key that leads anywhere wins. Only what is in the document is found.
 *
 * @example
 * ```ts
 * metricValue(bundle, 'per_class.Meet.precision') // 0.9736
 * ```
 */
export function metricValue(bundle: ValidBundle, path: string): unknown {
  return lookUp(bundle.metrics, path)
}

/** Whether the value was derived by the reader rather than stated in the file. */
export function isDerived(bundle: ValidBundle, path: string): boolean {
  return bundle.derived.metrics.some((name) => path === name || path.startsWith(`${name}.`))
}

function lookUp(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  if (Object.hasOwn(value, path)) return (value as Record<string, unknown>)[path]
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const key = path.slice(0, dot)
    if (!Object.hasOwn(value, key)) continue
    const found = lookUp((value as Record<string, unknown>)[key], path.slice(dot + 1))
    if (found !== undefined) return found
  }
  return undefined
}
