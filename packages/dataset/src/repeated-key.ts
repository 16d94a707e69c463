const TOKENS = /("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g

/** A key that occurs twice in a row that was parsed from this text, where the last one won without a word. */
export function repeatedKey(text: string, row: object): string | undefined {
  // A key needs a colon, and few texts have one.
  if (countColons(text) <= Object.keys(row).length) return undefined
  const seen = new Set<string>()
  let depth = 0
  for (const [token, quoted, colon] of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    if (quoted === undefined || colon === undefined || depth !== 1) continue
    const key = JSON.parse(quoted) as string
    if (seen.has(key)) return key
    seen.add(key)
  }
  return undefined
}

function countColons(text: string): number {
  let count = 0
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) count++
  return count
}
