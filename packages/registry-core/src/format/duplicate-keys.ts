import { keyPath } from './describe.js'

const MOST = 20

interface Level {
  /** The keys seen, for an object; undefined for a list. */
  seen: Set<string> | undefined
  /** Where this level is in its parent. */
  at: PropertyKey
  /** The key being read, or the place in the list. */
  current: PropertyKey
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g

/**
 * The paths of keys that occur twice in one object of a JSON text, at most 20. The text must be valid JSON: only its
 * strings and punctuation are looked at.
 */
export function findDuplicateKeys(text: string): string[] {
  const found: string[] = []
  const levels: Level[] = []
  let expectKey = false
  for (const [token] of text.matchAll(TOKEN)) {
    const level = levels.at(-1)
    if (token === '{' || token === '[') {
      const isObject = token === '{'
      levels.push({ seen: isObject ? new Set() : undefined, at: level?.current ?? '', current: 0 })
      expectKey = isObject
    } else if (token === '}' || token === ']') {
      levels.pop()
      expectKey = false
    } else if (token === ',') {
      expectKey = level?.seen !== undefined
      if (level !== undefined && typeof level.current === 'number') level.current++
    } else if (token !== ':' && expectKey && level?.seen !== undefined) {
      expectKey = false
      const key = JSON.parse(token) as string
      level.current = key
      if (level.seen.has(key)) found.push(keyPath([...levels.slice(1).map((each) => each.at), key]))
      level.seen.add(key)
      if (found.length === MOST) break
    }
  }
  return found
}
