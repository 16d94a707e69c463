import { nearestName } from '@taskclf/errors'
import type { ValidBundle } from '@taskclf/registry-core'
import { plainName } from './reason.js'

/** Beyond this many metrics none is looked for: a report is to stay short, and quick to make. */
const MOST_PATHS = 1000
/** How many names a sentence has room for. */
const MOST_NAMED = 5

/** The scalar values of a bundle's metrics of one type, as the paths that lead to them. */
export function metricPaths(bundle: ValidBundle, type: 'number' | 'boolean' | 'string'): string[] {
  const paths: string[] = []
  collect(bundle.metrics, '', type, paths)
  return paths
}

function collect(value: unknown, path: string, type: string, paths: string[]): void {
  if (paths.length >= MOST_PATHS) return
  if (typeof value === type) paths.push(path)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  for (const [key, member] of Object.entries(value)) {
    collect(member, path === '' ? key : `${path}.${key}`, type, paths)
  }
}

/**
 * The metric of a bundle that was most likely meant by a name, or one that has the name as a part or is one of it.
 *
 * @example
 * ```ts
 * nearestMetric('auc', ['log_loss', 'val.auc']) // 'val.auc'
 * ```
 */
export function nearestMetric(name: string, paths: readonly string[]): string | undefined {
  return nearestName(name, paths) ?? paths.find((path) => hasWord(name, path) || hasWord(path, name))
}

/** `roc_auc` and `val.auc` have the word `auc`. */
function hasWord(name: string, part: string): boolean {
  const [words, wanted] = [wordsOf(name), wordsOf(part)]
  return wanted.length > 0 && wanted.every((word) => words.includes(word))
}

function wordsOf(name: string): string[] {
  return name.toLowerCase().match(/[a-z0-9]+/g) ?? []
}

/** What the bundle has in place of a metric, as the second half of a sentence. */
export function whatItHas(nearest: string | undefined, paths: readonly string[]): string {
  if (nearest !== undefined) return `it has ${plainName(nearest)}; did you mean that?`
  if (paths.length === 0) return 'it has no number at all'
  const more = paths.length > MOST_NAMED ? ', …' : ''
  return `it has ${paths.slice(0, MOST_NAMED).map(plainName).join(', ')}${more}`
}
