/** Everything that moves a cursor, changes direction, hides or breaks a line, and lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

const PLAIN = /^[ -~]*$/

/** Text from disk or from the user as a terminal may safely show it: `\x1b` for ESC, `\u{202e}` for the rest. */
export function escapeText(text: string): string {
  // The common case by far; the other pattern takes a millisecond to be made ready.
  if (PLAIN.test(text)) return text
  return text.replace(UNSAFE, (char) => {
    const code = char.codePointAt(0) ?? 0
    return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
  })
}

/** As {@link escapeText}, but lines stay lines: for whole messages. */
export function escapeLines(text: string): string {
  return text.split('\n').map(escapeText).join('\n')
}

/** JSON text whose strings have no raw unsafe character; it parses to the same value. */
export function escapeJson(json: string): string {
  if (/^[ -~\n]*$/.test(json)) return json
  return json.replace(UNSAFE, (char) => {
    if (char === '\n') return char
    const units = Array.from({ length: char.length }, (_, i) => char.charCodeAt(i))
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
  })
}

const NARROW = /^[ -~\u00a0-\u02ff\u2010-\u2027]*$/
const ZERO = /^\p{M}$/u
const WIDE =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\uff01-\uff60\uffe0-\uffe6\u3000-\u303f]$/u

/** Columns that escaped text takes on a terminal. */
export function displayWidth(text: string): number {
  // The common case by far, and exact: Latin letters, dashes and dots.
  if (NARROW.test(text)) return text.length
  let width = 0
  for (const char of text) width += ZERO.test(char) ? 0 : WIDE.test(char) ? 2 : 1
  return width
}

/** At most `width` columns of escaped text: the middle gives way to `…`, head and tail stay. */
export function cutMiddle(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  const chars = [...text]
  const tail = takeWidth([...chars].reverse(), Math.floor((width - 1) / 2)).reverse()
  const head = takeWidth(chars, width - 1 - displayWidth(tail.join('')))
  return `${head.join('')}…${tail.join('')}`
}

/** At most `width` columns of escaped text: the end gives way to `…`. */
export function cutEnd(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  return `${takeWidth([...text], width - 1).join('')}…`
}

function takeWidth(chars: readonly string[], width: number): string[] {
  const taken: string[] = []
  let used = 0
  for (const char of chars) {
    used += displayWidth(char)
    if (used > width) break
    taken.push(char)
  }
  return taken
}
