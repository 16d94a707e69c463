/** What there is to say about one code, in any package. */
export interface CodeText {
  /** What happened: whole sentences, Markdown with code spans. */
  readonly what: string
  /** What to do about it: a clause without a full stop, fit to follow a message. */
  readonly hint: string
  /** The page of `docs` that says more, with its heading. */
  readonly page?: string
}

/** Every code of one kind, with its text: the only place where a code is declared. */
export type CodeTable<Code extends string = string> = Readonly<Record<Code, CodeText>>

/**
 * A table of codes as it is written; its type keeps the codes and forgets the texts.
 *
 * @example
 * ```ts
 * const SHOP_ERRORS = codeTable({
 *   sold_out: { what: 'Nothing is left.', hint: 'choose another, or come back tomorrow' },
 * })
 * type ShopErrorCode = keyof typeof SHOP_ERRORS // 'sold_out'
 * ```
 */
export function codeTable<Code extends string>(table: Record<Code, CodeText>): CodeTable<Code> {
  return table
}

/**
 * The codes of a table, in its order.
 *
 * @example
 * ```ts
 * codesOf(SHOP_ERRORS) // ['sold_out']
 * ```
 */
export function codesOf<Code extends string>(table: CodeTable<Code>): readonly Code[] {
  return Object.keys(table) as Code[]
}
