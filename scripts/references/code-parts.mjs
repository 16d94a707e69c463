// The tables of codes inside pages that people write: a README's errors, the layout's problems, the exit codes.
// No library: the tables of codes are ours.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codeLists } from './code-lists.mjs'
import { EXIT_MEANINGS } from './exit-meanings.mjs'
import { table } from './markdown.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const PART = /(<!-- (codes|exits): (\w+)[^\n]*-->\n)[\s\S]*?(<!-- \/\2 -->)/g

/** The pages with such a part, from the top of the repository: whichever have its mark. */
export const PAGES_WITH_CODES = [
  'docs/model_bundle_layout.md',
  ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`),
].filter((page) => readFileSync(join(root, page), 'utf8').search(PART) !== -1)

/** The page with its tables of codes as the code has them. */
export function withCodes(page, declarations) {
  if (page.search(PART) === -1) throw new Error(`a page has lost its marks:\n${page.slice(0, 80)}`)
  return page.replace(PART, (_, begin, kind, name, end) => {
    const text = kind === 'exits' ? exitTable(declarations) : codeTable(name, declarations)
    return `${begin}\n${text}\n\n${end}`
  })
}

function codeTable(name, declarations) {
  const list = codeLists(declarations).find((each) => each.name === name)
  if (list === undefined) throw new Error(`there is no table of codes ${name}`)
  return table(
    ['code', 'what happened', 'what to do'],
    Object.entries(list.table).map(([code, { what, hint }]) => [`\`${code}\``, what, hint]),
  )
}

function exitTable({ ERROR_EXITS }) {
  const codesOf = (exit) => Object.keys(ERROR_EXITS).filter((code) => ERROR_EXITS[code] === exit)
  return table(
    ['exit', 'means', 'codes'],
    EXIT_MEANINGS.map(([exit, means]) => [
      exit,
      means,
      codesOf(exit)
        .map((code) => `\`${code}\``)
        .join(' '),
    ]),
  )
}
