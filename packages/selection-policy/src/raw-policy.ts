/** What a document that is not checked yet may be taken for. */
export type Fields = Readonly<Record<string, unknown>>

/** The members of an object; none of anything else. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

/** The items of a list; none of anything else. */
export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** What the first rank key that states a metric names, be it a name or not. */
export function firstMetricIn(rankBy: unknown): unknown {
  return items(rankBy)
    .map((key) => fields(key).metric)
    .find((metric) => metric !== undefined)
}
