/** A row of what people met. One of `tests`, `defects`, `pages`, `later` says what holds it, else it is `open`. */
export interface Finding {
  id: string
  what: string
  tests?: readonly { file: string; name?: string; because?: string }[]
  /** Further files that its tests need on an older tree. */
  with?: readonly string[]
  defects?: readonly string[]
  pages?: readonly { file: string; says: string }[]
  later?: string
  open?: true
}
export const FINDINGS: readonly Finding[]
