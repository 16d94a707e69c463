/** Whether a value is of a shape. */
export type Fits = (value: unknown) => boolean

export const isText: Fits = (value) => typeof value === 'string'

export const isNumber: Fits = (value) => Number.isFinite(value)

export const isWhole: Fits = (value) => Number.isSafeInteger(value)

/** A number of at least 0. */
export const isAmount: Fits = (value) => isNumber(value) && (value as number) >= 0

/** A number above 0. */
export const isAboveZero: Fits = (value) => isNumber(value) && (value as number) > 0

/** Anything JSON can say: an infinite number is read from what a double cannot hold. */
export const isJson: Fits = (value) => {
  if (Array.isArray(value)) return value.every(isJson)
  if (isObject(value)) return Object.values(value).every(isJson)
  return value === null || isText(value) || typeof value === 'boolean' || isNumber(value)
}

export const oneOf =
  (...values: readonly unknown[]): Fits =>
  (value) =>
    values.includes(value)

export const optional =
  (fits: Fits): Fits =>
  (value) =>
    value === undefined || fits(value)

export const listOf =
  (fits: Fits): Fits =>
  (value) =>
    Array.isArray(value) && value.every(fits)

/** An object whose keys are free. */
export const recordOf =
  (fits: Fits): Fits =>
  (value) =>
    isObject(value) && Object.values(value).every(fits)

/** An object that has these members; others are kept as they are. */
export const objectOf =
  (members: Readonly<Record<string, Fits>>): Fits =>
  (value) =>
    isObject(value) && Object.entries(members).every(([key, fits]) => fits(value[key]))

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
