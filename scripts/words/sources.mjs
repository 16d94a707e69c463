// TypeScript as the words check sees it: comments, strings that people read, names of tests.
// No library: the compiler's own parser reads it; no linter has these three lists.
import ts from 'typescript'

const PLACE = '…0'

/** `{ comments, strings, titles, names }` of one source, each `{ line, text }`; a placeholder is one word. */
export function readSource(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const lineOf = (at) => source.getLineAndCharacterOfPosition(at).line + 1
  const found = { comments: commentsOf(source, text, lineOf), strings: [], titles: [], names: [] }
  const visit = (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return
    const title = titleOf(node, source)
    if (title !== undefined) found.titles.push({ line: lineOf(node.getStart()), ...title })
    if (ts.isIdentifier(node) && isDeclared(node))
      found.names.push({ line: lineOf(node.getStart()), text: node.text })
    if (ts.isTaggedTemplateExpression(node)) {
      const line = lineOf(node.getStart())
      found.strings.push(...textsOf(node).map((text) => ({ line, text })))
      inner(node.template, visit)
      return
    }
    const said = sentenceOf(node)
    if (said !== undefined) {
      found.strings.push({ line: lineOf(node.getStart()), text: said })
      inner(node, visit)
    } else ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** Names of our own: a property may be that of a document, a parameter is not. */
function isDeclared(node) {
  const { parent } = node
  if (parent.name !== node) return false
  return (
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isBindingElement(parent)
  )
}

/** A string, a template, or several joined by `+`, in one piece. */
function sentenceOf(node) {
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ literal }) => `${PLACE}${literal.text}`).join('')
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined
  const [left, right] = [sentenceOf(node.left), sentenceOf(node.right)]
  return left === undefined && right === undefined ? undefined : (left ?? PLACE) + (right ?? PLACE)
}

/** What people read of a tagged template: of markup what is between its tags; other languages are code. */
function textsOf({ tag, template }) {
  if (tag.getText() !== 'html') return []
  return sentenceOf(template)
    .split(/<[^>]*>/)
    .filter((text) => text.trim() !== '')
}

/** What stands between the pieces of a sentence may say something of its own. */
function inner(node, visit) {
  if (ts.isTemplateExpression(node)) for (const { expression } of node.templateSpans) visit(expression)
  else if (ts.isBinaryExpression(node))
    for (const side of [node.left, node.right]) {
      if (sentenceOf(side) === undefined) visit(side)
      else inner(side, visit)
    }
}

/** The name of a test, and what its table calls each row, where the table is written in the same file. */
function titleOf(node, source) {
  if (!ts.isCallExpression(node) || !['test', 'it'].includes(rootOf(node.expression))) return undefined
  const [first] = node.arguments
  const text = first === undefined ? undefined : sentenceOf(first)
  if (text === undefined || node.arguments.length < 2) return undefined
  return { text, rows: rowsOf(node.expression, /^\$(\w+)/.exec(text)?.[1], source) }
}

function rootOf(callee) {
  if (ts.isIdentifier(callee)) return callee.text
  if (ts.isPropertyAccessExpression(callee)) return rootOf(callee.expression)
  if (ts.isCallExpression(callee)) return rootOf(callee.expression)
  return ''
}

function rowsOf(callee, key, source) {
  const table =
    ts.isCallExpression(callee) && callee.arguments[0] ? arrayOf(callee.arguments[0], source) : undefined
  return table?.elements.map((row) => rowName(row, key) ?? row.getText())
}

function arrayOf(node, source) {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return arrayOf(node.expression, source)
  if (ts.isArrayLiteralExpression(node)) return node
  if (!ts.isIdentifier(node)) return undefined
  const declared = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .find(({ name }) => name.getText() === node.text)
  return declared?.initializer === undefined ? undefined : arrayOf(declared.initializer, source)
}

function rowName(row, key) {
  if (ts.isArrayLiteralExpression(row)) return row.elements[0] && sentenceOf(row.elements[0])
  if (!ts.isObjectLiteralExpression(row)) return sentenceOf(row)
  const property = row.properties.find(({ name }) => name?.getText() === key)
  return property?.initializer && sentenceOf(property.initializer)
}

function commentsOf(source, text, lineOf) {
  const found = []
  const seen = new Set()
  const visit = (node) => {
    for (const range of [
      ...(ts.getLeadingCommentRanges(text, node.pos) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.end) ?? []),
    ]) {
      if (seen.has(range.pos)) continue
      seen.add(range.pos)
      found.push({ line: lineOf(range.pos), text: text.slice(range.pos, range.end) })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}
