// The table of findings in docs/testing.md: what was met, and what holds it now.
// No library: the table of findings is ours.
import { FINDINGS } from '../findings-table.mjs'

const PART = /(<!-- findings:[^\n]*-->\n)[\s\S]*?(<!-- \/findings -->)/

/** The page with its table anew. */
export function withFindings(page) {
  if (!PART.test(page)) throw new Error('docs/testing.md has lost the marks of its table of findings')
  return page.replace(PART, (_, begin, end) => `${begin}\n${table()}\n${end}`)
}

function table() {
  const rows = FINDINGS.map((row) => `| ${row.id} | ${row.what} | ${holding(row)} |\n`)
  return `| row | what happened | held by |\n| --- | --- | --- |\n${rows.join('')}`
}

function holding({ tests = [], defects = [], pages = [], later, open }) {
  if (open) return 'open'
  return [
    ...[...new Set(tests.map(({ file }) => file))].map((file) =>
      testsOf(
        file,
        tests.filter((test) => test.file === file),
      ),
    ),
    ...defects.map((name) => `\`npm run defects\`: ${name}`),
    ...pages.map(({ file }) => `said in \`${file}\``),
    ...(later ? [`later: ${later}`] : []),
  ].join('; ')
}

function testsOf(file, tests) {
  const names = tests.flatMap(({ name }) => (name ? [name.replaceAll('|', '\\|')] : []))
  return `\`${file}\`${names.length > 0 ? `: ${names.join(', ')}` : ''}`
}
