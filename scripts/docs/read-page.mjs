// A page of Markdown as its check sees it: what is written as code, with its line.
// No library: remark gives a tree, which would have to be walked for the same two lists.

/**
 * `blocks`, each with its language, its file name (from ```` ```js [name] ````) and its text; and `spans`, the code in sentences.
 * Neither has what is in comments, in front matter, in the part about files that tests add (`rooms`), or in a column of what was before.
 */
export function readPage(text) {
  const blocks = []
  const kept = text.replaceAll(
    /^(`{3,})(\w*)(?: \[([\w.-]+)\])?[^\n]*\n([\s\S]*?)^\1$/gm,
    (whole, _, language, file, code, at) => {
      blocks.push({ line: lineOf(text, at) + 1, language, file, text: code })
      return blank(whole)
    },
  )
  const prose = kept
    .replaceAll(/^<!-- rooms:[\s\S]*?<!-- \/rooms -->|(?<![\s\S])---\n[\s\S]*?^---$|<!--[\s\S]*?-->/gm, blank)
    .replaceAll(/^\| before \|.*\n(?:\|.*\n)+/gm, (table) =>
      table.replaceAll(/^\|(?:[^|`]|`[^`]*`)*\|/gm, blank),
    )
  const spans = [...prose.matchAll(/(`+)(?!`)((?:[^`]|`(?!\1))*?[^`])\1(?!`)/g)].map(
    ({ 2: span, index }) => ({
      line: lineOf(prose, index),
      text: span
        .trim()
        .replaceAll(/\s*\n\s*/g, ' ')
        .replaceAll('\\|', '|'),
    }),
  )
  return { blocks, spans }
}

const blank = (text) => text.replaceAll(/[^\n]/g, ' ')
const lineOf = (text, at) => text.slice(0, at).split('\n').length
