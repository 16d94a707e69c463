// Markdown as the words check sees it: lines that must wrap, fences, and sentences without code, links' addresses and tables.
// No library: remark's tree would have to be walked for the same lists; docs:links is what remark does here.

/** `{ line, text, kind }` of every line that people wrote: without fenced code, front matter and generated parts. */
export function proseLines(text) {
  const lines = []
  let fence
  let blank = true
  let list = false
  let generated = false
  const all = text.split('\n')
  const frontMatterEnds = all[0] === '---' ? all.indexOf('---', 1) : -1
  for (const [at, line] of all.entries()) {
    if (/^<!--.*written by npm run/.test(line)) generated = true
    if (/^<!-- \//.test(line)) generated = false
    if (at <= frontMatterEnds || generated) continue
    const marker = /^\s*(?:>\s*)?(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence === undefined ? marker !== undefined : marker?.startsWith(fence)) {
      fence = fence === undefined ? marker : undefined
      blank = true
      continue
    }
    if (fence !== undefined) continue
    if (/^(\s*[-*+]|\s*\d+\.) /.test(line)) list = true
    else if (/^\S/.test(line)) list = false
    const kind = kindOf(line, blank && !list)
    lines.push({ line: at + 1, text: line, kind })
    blank = line.trim() === '' || kind === 'indented'
  }
  return lines
}

function kindOf(line, mayBeCode) {
  if (line.trim() === '') return 'blank'
  if (/^\s*\|/.test(line)) return 'table'
  if (/^#{1,6} /.test(line)) return 'heading'
  if (/^\s*<[a-z!/]/i.test(line) || /^\s*\[[^\]]+\]: /.test(line)) return 'other'
  return mayBeCode && /^( {4}|\t)/.test(line) ? 'indented' : 'prose'
}

/** `{ line, text }` of each paragraph, list item or quote, in one line each. */
export function paragraphs(lines) {
  const found = []
  let open
  for (const { line, text, kind } of lines) {
    if (kind !== 'prose') {
      open = undefined
      continue
    }
    const starts = /^\s*(?:[-*+]|\d+\.|>)\s+/.exec(text)
    const words = text.slice(starts?.[0].length ?? 0).trim()
    if (open === undefined || starts !== null) {
      open = { line, text: words }
      found.push(open)
    } else open.text += ` ${words}`
  }
  return found
}

/** Text without what is quoted from programs: each code span one word, links their text. */
export function plain(text) {
  return text
    .replace(/(`+)(?!`).*?[^`]\1(?!`)/g, 'X')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<https?:[^>]*>/g, 'X')
    .replace(/[*_]{1,2}(\S.*?\S|\S)[*_]{1,2}/g, '$1')
}

/** The sentences of a text that is plain already. */
export function sentences(text) {
  return text.split(/(?<=[.!?][)"”’]?)\s+(?=["“(]?[A-Z0-9])/).filter((each) => each.trim() !== '')
}

/** How many words: what has a letter or a digit in it. */
export function wordCount(text) {
  return text.split(/\s+/).filter((each) => /[\p{L}\p{N}]/u.test(each)).length
}
