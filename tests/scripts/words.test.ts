// Each rule of `npm run words` can fail: one violation of each, planted in the kind of file that it is about.
import { expect, it } from 'vitest'
import { violationsOf } from '../../scripts/words/violations.mjs'

const SENTENCE = `Few ${'few '.repeat(34)}few.`
const found = (file: string, text: string) => violationsOf(file, () => text)

it.each([
  ['a model is no bundle', 'is no'],
  ['begin anew', 'anew'],
  ['beneath it', 'beneath'],
  ['kept for ever', 'for ever'],
  ['whoever asks', 'whoever'],
  ['edited by hand', 'by hand'],
  ['it tells of a gap', 'tells of'],
  ['the caller is told', 'is told'],
  ['the incumbent', 'incumbent'],
  ['it takes no lock', 'takes no'],
  ['it holds nothing', 'holds nothing'],
  ['where it stands', 'stands'],
  ['where it lies', 'lies'],
])('rejects "%s" in a page, a table, a comment, a message and the name of a test', (words, named) => {
  const what = expect.stringMatching(`^"${named}"`)
  expect(found('docs/a.md', `${words}\n`)).toEqual([{ line: 1, what }])
  expect(found('docs/a.md', `| a |\n|---|\n| ${words} |\n`)).toEqual([{ line: 3, what }])
  expect(found('packages/a/src/a.ts', `// ${words}\nexport {}\n`)).toEqual([{ line: 1, what }])
  expect(found('packages/a/src/a.ts', `throw new Error('it was seen that ${words}')\n`)).toEqual([
    { line: 1, what },
  ])
  expect(found('packages/a/test/a.test.ts', `it('refuses it: ${words}', () => {})\n`)).toEqual([
    { line: 1, what },
  ])
})

it.each([
  'it is no longer, no more and no later',
  'there is no model',
  'the program says `is told`',
  '[lies](#lies-there) is not text',
])('accepts "%s"', (words) => {
  expect(found('docs/a.md', `${words.replace('[lies]', '[it]')}\n`)).toEqual([])
})

it('rejects a sentence of 36 words, in a paragraph and in an item of a list', () => {
  const what = expect.stringMatching(/^36 words in a sentence/)
  expect(found('README.md', `Short.\n${SENTENCE}\n`)).toEqual([{ line: 1, what }])
  expect(found('README.md', `1. Short.\n2. ${SENTENCE}\n`)).toEqual([{ line: 2, what }])
  expect(found('README.md', SENTENCE.replace('few ', '').replace('few', '`a b c`'))).toEqual([])
})

it('rejects a message with 21 words in one half, placeholders and joined pieces counted', () => {
  const half = (words: number) => `${'word '.repeat(words - 1)}word`
  const what = expect.stringMatching(/^21 words in half a message/)
  const thrown = (text: string) => found('packages/a/src/a.ts', `throw new AError('code', ${text})\n`)
  expect(thrown(`'${half(20)}; ${half(20)}'`)).toEqual([])
  expect(thrown(`'${half(21)}; short'`)).toEqual([{ line: 1, what }])
  expect(thrown(`\`${half(20)} \${name}; short\``)).toEqual([{ line: 1, what }])
  expect(thrown(`'${half(20)}' + ' more; short'`)).toEqual([{ line: 1, what }])
})

it('reads of markup what is between its tags, and passes over other languages', () => {
  const page = (text: string) =>
    found('packages/a/src/a.ts', `export const page = html\`<p class="for ever">${text}</p>\`\n`)
  expect(page('it lasts')).toEqual([])
  expect(page('it lasts for ever')).toHaveLength(1)
  expect(found('packages/a/src/a.ts', `export const style = css\`${SENTENCE}\`\n`)).toEqual([])
})

it('rejects identifiers that the public does not see by their words', () => {
  expect(found('packages/a/src/a.ts', 'const theIncumbent = 1\n')).toHaveLength(1)
})

it.each([
  ["it('a policy without gates is rejected', () => {})", 1],
  ["it('rejects a policy without gates', () => {})", 0],
  ["it('never loses a line', () => {})", 0],
  ["it.each([['rejects it'], ['a policy']])('%s', () => {})", 1],
  ["it.each([{ name: 'a policy' }, { name: 'reads it' }])('$name', () => {})", 1],
  ["it.each(ROWS)('%s', () => {})", 1],
  ["const ROWS = [['rejects it', 1]]\nit.each(ROWS)('%s', () => {})", 0],
  ["it.each(ROWS)('rejects %s', () => {})", 0],
  ["describe('a policy', () => {})", 0],
])('finds of %j that %i names begin with no verb', (text, count) => {
  expect(found('packages/a/test/a.test.ts', `${text}\n`)).toHaveLength(count)
})

it('rejects a code block without fences and a line of 161 columns, except in a table', () => {
  expect(found('docs/a.md', 'Text\n\n    code\n')).toEqual([{ line: 3, what: 'a code block without fences' }])
  expect(found('docs/a.md', `- Item\n\n    of a list\n`)).toEqual([])
  const wide = `${'a'.repeat(80)} ${'b'.repeat(80)}`
  expect(found('docs/a.md', `${wide}\n`)).toEqual([{ line: 1, what: '161 columns, at most 160' }])
  expect(found('docs/a.md', `| ${wide} |\n`)).toEqual([])
  expect(found('docs/a.md', `\`\`\`\n${wide}\n\`\`\`\n`)).toEqual([])
})

it('passes over what programs wrote', () => {
  for (const file of ['packages/a/CHANGELOG.md', 'packages/a/api/index.api.md', 'docs/reference/errors.md'])
    expect(found(file, 'begin anew\n')).toEqual([])
  expect(found('docs/a.md', '<!-- codes: X, written by npm run y -->\nanew\n<!-- /codes -->\n')).toEqual([])
})
