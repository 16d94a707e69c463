import { keyPath, show } from './describe.js'
import type { Problem } from './problems.js'
import type { Find, Found } from './shape.js'

/** A document that satisfies its schema, or every violation. */
export type Checked<T> = { ok: true; value: T } | { ok: false; problems: Problem[] }

/** Checks a parsed document; the value that comes back is the one that went in. */
export function checkDocument<T>(find: Find, value: unknown, file: string): Checked<T> {
  const found = find(value)
  if (found.length === 0) return { ok: true, value: value as T }
  return { ok: false, problems: problemsOf(found, value, file) }
}

/** What was found in a document, as problems of its file. */
export function problemsOf(found: readonly Found[], document: unknown, file: string): Problem[] {
  return found.map((each) => problemOf(each, document, file))
}

function problemOf(issue: Found, document: unknown, file: string): Problem {
  const at = keyPath(issue.path)
  if (at === '')
    return { code: 'schema_violation', file, message: `${file} ${issue.message}; found ${show(document)}` }
  const found = valueAt(document, issue.path)
  const message =
    found === undefined
      ? `${file}: ${at} is missing: it ${issue.message}`
      : `${file}: ${at} ${issue.message}; found ${show(found)}`
  return { code: 'schema_violation', file, at, message }
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    return (value as Record<PropertyKey, unknown>)[key]
  }, document)
}
