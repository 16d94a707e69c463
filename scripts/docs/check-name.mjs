// Code in a sentence that is neither a command nor a path: names of exports, members, codes, keys and values.
// No library: see check-span.mjs.

/** A page about how the project is made, which may name what is inside. */
export const isInside = (page) =>
  /^(?:ARCHITECTURE|CONTRIBUTING)|^docs\/(?:decisions\/|testing|performance|security)|^examples\/|^tests\//.test(
    page,
  )

/** Why a name in the code is nobody's, or undefined. */
export function nameProblem(text, page, built) {
  const isKnown = (word) =>
    [built.words, built.codes, built.literals, built.platform].some((names) => names.has(word)) ||
    isComposed(word, built) ||
    (isInside(page) && built.sources.has(word))
  const [, called] = /^(?:new |await )?([a-zA-Z]\w*)(?:<[^>]*>)?\(/.exec(text) ?? []
  if (called !== undefined && !isKnown(called)) return `nothing exports ${called}`
  if (isKnown(text) || isEndOfAny(text, built)) return undefined
  const unknown = namesIn(text).filter(
    (word) => !isKnown(word) && !word.split('-').every(isKnown) && !isPlaceholder(word),
  )
  return unknown.length === 0 ? undefined : `nothing is called ${unknown.join(', ')}`
}

/** The names in a piece of code: what is quoted in it, or stands for a value, is free; keys are not. */
function namesIn(text) {
  const bare = text
    .replaceAll(/'[^']*'|"([^"]*)"(\s*:)?/g, (_, key, colon) =>
      colon && /^\w+$/.test(key) ? ` ${key} ` : ' ',
    )
    .replaceAll(/<[\w-]+>/g, ' ')
  return bare.match(/[A-Za-z_$][\w$-]*/g) ?? []
}

/** `ID`, `RUN_ID`: what a reader puts something in place of. */
const isPlaceholder = (word) => /^[A-Z]+(?:_[A-Z]+)?$/.test(word) && !word.startsWith('TASKCLF')

/** A code of two parts, as `index_` and how an index is. */
function isComposed(word, { prefixes, literals, words }) {
  const isOf = (prefix) => [literals, words].some((names) => names.has(word.slice(prefix.length)))
  return [...prefixes].some((prefix) => word.startsWith(prefix) && isOf(prefix))
}

/** `*_CODES`: any name that ends so. */
const isEndOfAny = (text, { words }) =>
  /^\*\w+$/.test(text) && [...words].some((word) => word.endsWith(text.slice(1)))
