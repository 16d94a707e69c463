/** Widths in columns that help is set to, widest first. */
export const HELP_WIDTHS = [100, 80] as const

/** The width of help on a terminal of so many columns: one of a few, so that it can be written beforehand; narrow ones get their own. */
export function helpWidth(columns: number = HELP_WIDTHS[0]): number {
  return HELP_WIDTHS.find((width) => width <= columns) ?? columns
}
