const LONGEST = 60

/** A value as it may appear in a message: JSON, cut short, with control characters and bidi marks escaped. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : describe(value)
  return escapeControls(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
}

function describe(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number' && Math.abs(value) === Infinity) return 'a number too large to be held'
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (value === undefined) return 'nothing'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** Control characters, line separators and lone surrogates as `\uNNNN`, so that a message stays on its line. */
export function escapeControls(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}

const PLAIN_KEY = /^[\p{L}\p{N}_-]+$/u

/** A path of keys as text: `per_class.Build.f1`; keys that would read ambiguously are quoted in brackets. */
export function keyPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((before, key) => {
    const text = String(key)
    if (!PLAIN_KEY.test(text)) return `${before}[${show(text)}]`
    return before === '' ? text : `${before}.${text}`
  }, '')
}
