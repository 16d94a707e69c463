// No library: a table is one line; markdown-table would align the columns of rows that have a thousand letters.

/** Text that stays in one cell of a Markdown table. */
export const cell = (text) =>
  String(text)
    .replaceAll('|', '\\|')
    .replace(/\s*\n\s*/g, ' ')

/** A table with the given header; rows are lists of Markdown. */
export function table(header, rows) {
  return [header, header.map(() => '---'), ...rows]
    .map((row) => `| ${row.map(cell).join(' | ')} |`)
    .join('\n')
}

/** The first lines of a page that nobody edits. */
export function generated(title, from) {
  return `---\neditLink: false\n---\n\n# ${title}\n\n<!-- Generated from ${from} by npm run docs:reference. Not edited by hand. -->\n`
}
