/** Where text goes. A terminal says so and knows its width. */
export interface OutputStream {
  write(text: string): unknown
  isTTY?: boolean | undefined
  columns?: number | undefined
}

/** What a stream can show. */
export interface Terminal {
  /** Width to fit, or undefined when nobody looks: then nothing is ever cut. */
  columns: number | undefined
  color: boolean
}

/** Width and colour of a stream; colour only on a terminal, and never against NO_COLOR. */
export function terminalOf(
  stream: OutputStream,
  env: Readonly<Record<string, string | undefined>>,
  noColor: boolean,
): Terminal {
  if (stream.isTTY !== true) return { columns: undefined, color: false }
  const stated = Number(env.COLUMNS)
  // A terminal that was never told its size says 0.
  const columns = stream.columns || (Number.isSafeInteger(stated) && stated > 0 ? stated : 80)
  return { columns, color: !noColor && !env.NO_COLOR && env.TERM !== 'dumb' }
}
