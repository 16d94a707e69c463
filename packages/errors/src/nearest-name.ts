import { distance } from 'fastest-levenshtein'

/**
 * The known name that was most likely meant: at most two edits away, case aside; of up to four letters at most one, or the same letters in another order.
 *
 * @example
 * ```ts
 * nearestName('reject_treshold', ['reject_threshold', 'reject_label']) // 'reject_threshold'
 * ```
 */
export function nearestName(text: string, known: Iterable<string>): string | undefined {
  let best: { name: string; edits: number } | undefined
  for (const name of known) {
    const edits = editsBetween(text.toLowerCase(), name.toLowerCase())
    if (edits <= (text.length <= 4 ? 1 : 2) && edits < (best?.edits ?? Number.POSITIVE_INFINITY))
      best = { name, edits }
  }
  return best?.name
}

/**
 * `; did you mean X?`, or nothing: for the end of a sentence.
 *
 * @example
 * ```ts
 * `unknown command trian${didYouMean('trian', ['train', 'model'])}` // 'unknown command trian; did you mean train?'
 * ```
 */
export function didYouMean(text: string, known: Iterable<string>): string {
  const meant = nearestName(text, known)
  return meant === undefined ? '' : `; did you mean ${meant}?`
}

/** Swapped neighbours, the commonest slip of the finger, are one edit. */
function editsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY
  const edits = distance(a, b)
  return edits === 2 && sorted(a) === sorted(b) ? 1 : edits
}

const sorted = (text: string) => [...text].sort().join('')
