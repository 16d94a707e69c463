import type { z } from 'zod'
import { keyPath, show } from './describe.js'
import type { Problem } from './problems.js'

/** A document that satisfies its schema, or every violation. */
export type Checked<T> = { ok: true; value: T } | { ok: false; problems: Problem[] }

/**
 * Checks a parsed document. The value that comes back is the one that went in: a schema's own output would lose the
 * difference between a key named `__proto__` and a prototype.
 */
export function checkDocument<T>(schema: z.ZodType<T>, value: unknown, file: string): Checked<T> {
  const result = schema.safeParse(value)
  if (result.success) return { ok: true, value: value as T }
  return { ok: false, problems: result.error.issues.map((issue) => problemOf(issue, value, file)) }
}

function problemOf(issue: z.core.$ZodIssue, document: unknown, file: string): Problem {
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
