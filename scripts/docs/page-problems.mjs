// Everything on a page that is written as code, held against what is built.
// No library: see check-span.mjs.
import { isAllowed } from './allowed.mjs'
import { blockProblems } from './check-block.mjs'
import { spanProblem } from './check-span.mjs'
import { readPage } from './read-page.mjs'

/** `{ line, what }` of each command, flag, export, code, key and path on the page that is not there. `used` gets what was allowed. */
export function pageProblems(page, text, built, used = new Set()) {
  const { blocks, spans } = readPage(text)
  return [
    ...blocks.flatMap((block) => blockProblems(block, built)),
    ...spans.flatMap((span) => {
      if (blocks.some((block) => isFileOf(span.text, block.text))) return []
      const what = spanProblem(span.text, page, built)
      if (what === undefined) return []
      if (isAllowed(span.text)) {
        used.add(span.text)
        return []
      }
      return [{ line: span.line, what: `\`${span.text}\`: ${what}` }]
    }),
  ].sort((a, b) => a.line - b.line)
}

/** A file that a block of the page writes or reads is there for the reader. */
const isFileOf = (text, block) => /^[\w./-]+\.\w+$/.test(text) && block.includes(text)
