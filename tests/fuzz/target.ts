/** Something that reads what others wrote. */
export interface Target {
  name: string
  /** A case, made of a good document. */
  make(random: () => number): Uint8Array
  /** Lays out the directory once, before the first case. */
  prepare?(dir: string): void | Promise<void>
  /** Reads the case; answers what is impossible about the result. A throw is a finding too, unless it is a typed error that `run` takes. */
  run(bytes: Uint8Array, context: { dir: string; random: () => number }): Promise<string | undefined>
}

/** Runs something that may refuse by one of the given errors, and answers undefined then. */
export async function refusing<T>(
  run: () => Promise<T> | T,
  ...errors: (new (
    ...args: never[]
  ) => Error)[]
): Promise<T | undefined> {
  try {
    return await run()
  } catch (error) {
    const typed =
      errors.some((type) => error instanceof type) && typeof (error as { code?: unknown }).code === 'string'
    if (!typed) throw error
    return undefined
  }
}
