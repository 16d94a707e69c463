/**
 * The known name that was most likely meant: at most two edits away (one for names of up to four letters), case aside.
 *
 * @example
 * ```ts
 * nearestName('reject_treshold', ['reject_threshold', 'reject_label']) // 'reject_threshold'
 * ```
 */
export function nearestName(text: string, known: readonly string[]): string | undefined {
  const reach = text.length <= 4 ? 1 : 2
  let best: { name: string; distance: number } | undefined
  for (const name of known) {
    if (Math.abs(name.length - text.length) > reach) continue
    const distance = editDistance(text.toLowerCase(), name.toLowerCase())
    if (distance <= reach && distance < (best?.distance ?? Number.POSITIVE_INFINITY))
      best = { name, distance }
  }
  return best?.name
}

/** Levenshtein with swapped neighbours as one edit, the commonest slip of the finger. */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const edits = [substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1]
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) edits.push((before[j - 2] ?? 0) + 1)
      next.push(Math.min(...edits))
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}
