const MOST_NAMED = 10

/**
 * The ids that begin with a text, and how a message names them: the first ten, and how many more.
 *
 * @example
 * ```ts
 * idsBeginning('2026-03', ids).named // '2026-03-02_run-1, 2026-03-09_run-2'
 * ```
 */
export function idsBeginning(
  text: string,
  ids: readonly string[],
): { found: readonly string[]; named: string } {
  const found = ids.filter((id) => id.startsWith(text)).sort()
  const rest = found.length - MOST_NAMED
  return { found, named: found.slice(0, MOST_NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '') }
}
