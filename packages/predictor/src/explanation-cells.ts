import type { Explanation } from './explanation.js'

/** The columns that an explanation takes in a table. */
export function explanationColumns(
  explain: { most: number; as: 'columns' | 'object' } | undefined,
): readonly string[] {
  if (explain === undefined) return []
  if (explain.as === 'object') return ['explanation']
  const reasons = Array.from({ length: explain.most }, (_, i) => `reason_${i + 1}`)
  return [
    'explained',
    'expected',
    ...reasons.flatMap((name) => [name, `${name}_value`, `${name}_contribution`]),
  ]
}

/** An explanation as cells of these columns. A model of fewer columns leaves the last ones empty. */
export function toCells({ of, expected, top }: Explanation): Record<string, unknown> {
  const cells: Record<string, unknown> = { explained: of, expected }
  for (const [i, { column, value, contribution }] of top.entries()) {
    const name = `reason_${i + 1}`
    cells[name] = column
    cells[`${name}_value`] = value
    cells[`${name}_contribution`] = contribution
  }
  return cells
}
