/** A style, as it is written. */
export const css = String.raw

/** A program of the page, as it is written. */
export const js = String.raw
