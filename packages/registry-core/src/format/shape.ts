/** No contract needs longer lists, and the messages about a hostile one would fill the memory. */
const MOST_LABELS = 10_000
/** No more violations than this are reported of one value. */
export const MOST_ISSUES = 20

/** What is wrong inside a value, and where. */
export interface Found {
  path: PropertyKey[]
  message: string
  /** The value has the right type all the same, so that rules about the whole document still apply to it. */
  isMild?: true
}

/** Everything that keeps a value from having a shape. */
export type Find = (value: unknown) => Found[]

/** Nothing found. */
export const NOTHING: Found[] = []

/** Whether the value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether the text has no lone surrogate. */
export function isWellFormed(value: string): boolean {
  // Younger than the TypeScript library we compile against, older than the oldest Node.
  return (value as string & { isWellFormed(): boolean }).isWellFormed()
}

/** Sums of rounded parts miss a bound by this much and mean the bound. */
const ROUNDING = 1e-9
export const LEAST_FRACTION = -ROUNDING
export const MOST_FRACTION = 1 + ROUNDING

/** Whether the value is a number from 0 to 1, give or take what rounding makes of the bounds. */
export function isFraction(value: unknown): boolean {
  return typeof value === 'number' && value >= LEAST_FRACTION && value <= MOST_FRACTION
}

/** Whether the value is a whole number from 0 to 2^53 - 1. */
export function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0)
}

/** A list of at least one text, none of them twice. */
export function findUniqueTexts(
  what: string,
  usable: (text: string) => string | undefined = () => undefined,
): Find {
  return (value) => {
    if (!Array.isArray(value) || value.length === 0)
      return [{ path: [], message: `must be a list of ${what}` }]
    if (value.length > MOST_LABELS) return [{ path: [], message: `has more than ${MOST_LABELS} ${what}` }]
    const isRepeated = repeats(value)
    return value.flatMap((item: unknown, i): Found[] => {
      const bad =
        badText(item) ?? usable(item as string) ?? (isRepeated(item, i) ? 'stands there twice' : undefined)
      return bad === undefined ? [] : [{ path: [i], message: bad }]
    })
  }
}

/** A list of texts; an empty one is a list, too. */
export const findTexts: Find = (value) => {
  if (!Array.isArray(value)) return [{ path: [], message: 'must be a list of texts' }]
  if (value.length > MOST_LABELS) return [{ path: [], message: `has more than ${MOST_LABELS} texts` }]
  return value.flatMap((item: unknown, i): Found[] => {
    const bad = badText(item)
    return bad === undefined ? [] : [{ path: [i], message: bad }]
  })
}

const SHORT = 32

/** Whether an item is earlier in the list. A short list is searched quicker than a set is made. */
function repeats(list: readonly unknown[]): (item: unknown, at: number) => boolean {
  if (list.length <= SHORT) return (item, at) => list.indexOf(item) < at
  const seen = new Set<unknown>()
  return (item) => {
    const isRepeated = seen.has(item)
    seen.add(item)
    return isRepeated
  }
}

/** Whether all items of a list differ. */
export function areUnique(list: readonly unknown[]): boolean {
  const isRepeated = repeats(list)
  return !list.some((item, at) => isRepeated(item, at))
}

function badText(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return 'must be a text that is not empty'
  return isWellFormed(value) ? undefined : 'holds a lone surrogate, which is no character'
}

/** A square matrix of counts. */
export const findCountMatrix: Find = (value) => {
  if (!Array.isArray(value) || value.length === 0) return [{ path: [], message: 'must be a list of rows' }]
  const found: Found[] = []
  for (let i = 0; i < value.length && found.length < MOST_ISSUES; i++) {
    const row: unknown = value[i]
    if (!Array.isArray(row) || row.length !== value.length) {
      found.push({ path: [i], message: `must be a row of ${value.length} counts, as there are rows` })
      continue
    }
    const j = row.findIndex((cell) => !isCount(cell))
    if (j !== -1) found.push({ path: [i, j], message: 'must be a count: a whole number from 0 to 2^53 - 1' })
  }
  return found
}

/** An object whose keys are free; `find` gives what is wrong with one entry. */
export function findEntries(find: (value: unknown, key: string) => Found[]): Find {
  return (value) => {
    if (!isObject(value)) return [{ path: [], message: 'must be an object' }]
    const keys = Object.keys(value)
    if (keys.length > MOST_LABELS) return [{ path: [], message: `has more than ${MOST_LABELS} keys` }]
    const found: Found[] = []
    for (const key of keys) {
      for (const { path, message } of find(value[key], key)) found.push({ path: [key, ...path], message })
      if (!isWellFormed(key)) found.push({ path: [key], message: 'has a lone surrogate in its key' })
      if (found.length >= MOST_ISSUES) break
    }
    return found
  }
}

/** What is wrong with one member of an object, given what it must be. */
export function member(
  value: Record<string, unknown>,
  key: string,
  fits: (value: unknown) => boolean,
  rule: string,
): Found[] {
  return Object.hasOwn(value, key) && fits(value[key]) ? NOTHING : [{ path: [key], message: rule }]
}
