// Which rules hold for which file.
// No library: see rules.mjs.
import { paragraphs, proseLines, wordCount } from './markdown.mjs'
import { bannedIn, layoutOf, longHalvesIn, longSentencesIn, titleProblems } from './rules.mjs'
import { readSource } from './sources.mjs'

/** Written by programs (and checked where their words come from), or texts of others that came with the fixtures. */
const NOT_OURS = /CHANGELOG\.md$|\/api\/|(^|\/)docs\/reference\/|^internal\/test-kit\/fixtures\//
const MESSAGE = 4

/** `{ line, what }` of everything in one file of the repository that a rule forbids. */
export function violationsOf(file, read) {
  if (NOT_OURS.test(file)) return []
  if (file.endsWith('.md')) return inMarkdown(read())
  if (/^packages\/[^/]+\/src\//.test(file)) return inSource(readSource(file, read()))
  if (file.endsWith('.test.ts')) return inTests(readSource(file, read()))
  return []
}

const at = (line, problems) => problems.map((what) => ({ line, what }))

function inMarkdown(text) {
  const lines = proseLines(text)
  return [
    ...lines.flatMap((each) => at(each.line, layoutOf(each))),
    ...lines
      .filter(({ kind }) => kind === 'table' || kind === 'heading')
      .flatMap((each) => at(each.line, bannedIn(each.text))),
    ...paragraphs(lines).flatMap((each) =>
      at(each.line, [...bannedIn(each.text), ...longSentencesIn(each.text)]),
    ),
  ]
}

function inSource({ comments, strings, names }) {
  return [
    ...comments.flatMap(({ line, text }) => at(line, bannedIn(text))),
    ...strings
      .filter(({ text }) => wordCount(text) >= MESSAGE)
      .flatMap(({ line, text }) => at(line, [...bannedIn(text), ...longHalvesIn(text)])),
    ...names.flatMap(({ line, text }) => (/incumbent/i.test(text) ? at(line, bannedIn(text)) : [])),
  ]
}

function inTests({ titles }) {
  return titles.flatMap(({ line, text, rows }) => at(line, [...bannedIn(text), ...titleProblems(text, rows)]))
}
