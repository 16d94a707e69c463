/**
 * A gate's bound in signs: `= true`, `≥ 0.95`.
 *
 * @example
 * ```ts
 * boundText({ metric: 'macro_f1', min: 0.8 }) // '≥ 0.8'
 * ```
 */
export function boundText(gate: Readonly<Record<string, unknown>>): string {
  const parts = [
    ['=', gate.equals],
    ['≥', gate.min],
    ['≤', gate.max],
  ] as const
  return parts
    .flatMap(([sign, bound]) => (bound === undefined ? [] : [`${sign} ${valueText(bound)}`]))
    .join(', ')
}

/**
 * A value out of a document: text as it is, anything else as JSON.
 *
 * @example
 * ```ts
 * valueText(true) // 'true'
 * ```
 */
export function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
