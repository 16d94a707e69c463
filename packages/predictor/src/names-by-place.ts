/** A key that JavaScript puts before all others, wherever it was written. */
const MOVES = /^(?:0|[1-9]\d*)$/

/**
 * The names of a row's columns when it has those without a name by place: one cell for each column and no other, every named
 * one at its own place. Undefined when the row is not so. `names` are those found by name, `unnamed` the places without.
 */
export function namesByPlace(
  keys: readonly string[],
  names: readonly (string | undefined)[],
  unnamed: Iterable<number>,
): readonly string[] | undefined {
  const places = new Set(unnamed)
  const fits = (key: string, place: number) =>
    (names[place] === undefined ? places.has(place) : names[place] === key) &&
    (!MOVES.test(key) || key === String(place))
  return places.size > 0 && keys.length === names.length && keys.every(fits) ? keys : undefined
}
