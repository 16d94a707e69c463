// The words that the house does not use, how long a sentence may be, and how a test is named.
// No library: Vale and retext would each be a program to install for a dozen patterns.

import { plain, sentences, wordCount } from './markdown.mjs'
import { VERBS } from './verbs.mjs'

/** Each with what to write instead. "There is no X" is English; "X is no Y" is not how people talk. */
const BANNED = [
  [/(?<!\bthere )\b(?:is|are|was|were) no (?!longer|more|one\b|\w+er\b)/i, 'is not a'],
  [/\banew\b/i, 'again'],
  [/\bbeneath\b/i, 'below'],
  [/\bfor ever\b/i, 'always, or never … again'],
  [/\bwhoever\b/i, 'who, or the one that'],
  [/\bby hand\b/i, 'manually, or who does it'],
  [/\btold of\b|\btells? of\b/i, 'reported, reports'],
  [/\b(?:is|are|was|were|be|been|being) told\b/i, 'is reported, is notified, is given'],
  [/incumbent/i, 'champion where two are compared, active where one serves'],
  [/\b(?:takes?|took) (?:no(?! longer| more)|nothing)\b/i, 'accepts no, needs no'],
  [/\bholds? (?:no|nothing|only|what|neither)\b/i, 'contains'],
  [/\bstands?\b(?!-| alone\b| for\b)/i, 'is'],
  [/\b(?:lies?|lay|lying)\b/i, 'is'],
]
const MOST_WORDS = { sentence: 35, half: 20 }
const MOST_COLUMNS = 160

/** What is wrong with the words of a text; code spans are other programs' words. */
export function bannedIn(text) {
  return BANNED.flatMap(([pattern, instead]) => {
    const found = pattern.exec(plain(text))
    return found === null ? [] : [`"${found[0].trim()}": write ${instead}`]
  })
}

export function longSentencesIn(text) {
  return sentences(plain(text)).flatMap((each) => {
    const words = wordCount(each)
    return words <= MOST_WORDS.sentence
      ? []
      : [`${words} words in a sentence, at most ${MOST_WORDS.sentence}: ${each.slice(0, 60)}…`]
  })
}

/** A message is what happened; what to do. Either may be several short sentences. */
export function longHalvesIn(text) {
  return plain(text)
    .split(/;\s+|(?<=[.?])\s+/)
    .flatMap((each) => {
      const words = wordCount(each)
      return words <= MOST_WORDS.half
        ? []
        : [`${words} words in half a message, at most ${MOST_WORDS.half}: ${each.slice(0, 60)}…`]
    })
}

export function layoutOf({ kind, text }) {
  if (kind === 'indented') return ['a code block without fences']
  if (kind !== 'prose') return []
  const columns = text.replace(/\]\([^)]*\)/g, ']').replace(/`[^`]*`/g, '`').length
  return columns <= MOST_COLUMNS ? [] : [`${columns} columns, at most ${MOST_COLUMNS}`]
}

/** A name says what its subject does: "rejects a policy without gates". `rows` are those of a table that names its tests. */
export function titleProblems(text, rows) {
  if (!/^[%$]\w+/.test(text))
    return beginsWithVerb(text) ? [] : [`a test's name begins with a verb: "${text.slice(0, 60)}"`]
  if (rows === undefined) return [`begin with a verb: "${text.slice(0, 60)}"`]
  return rows
    .filter((row) => !beginsWithVerb(row))
    .map((row) => `a row that names its test begins with a verb: "${row.slice(0, 60)}"`)
}

function beginsWithVerb(text) {
  const word = /^(?:(?:never|neither|either) )?([a-z]+)\b/.exec(text)?.[1]
  return word !== undefined && VERBS.has(word)
}
