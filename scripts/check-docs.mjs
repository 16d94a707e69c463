// Pages name only what is there: each command, flag, export, code, key and path that is written as code. Run after `npm run api`.
// No library: dead links are found by remark and VitePress; none of them knows what this project declares.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ALLOWED } from './docs/allowed.mjs'
import { loadBuilt } from './docs/load-built.mjs'
import { pageProblems } from './docs/page-problems.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const PAGES = ['*.md', 'docs/**/*.md', 'packages/*/README.md', 'examples/*/README.md']
const pages = execFileSync('git', ['ls-files', ...PAGES.map((pattern) => `:(glob)${pattern}`)], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n')

const built = await loadBuilt()
const used = new Set()
const found = pages.flatMap((page) =>
  pageProblems(page, readFileSync(`${root}${page}`, 'utf8'), built, used).map(
    ({ line, what }) => `${page}:${line}: ${what}`,
  ),
)
for (const name of ALLOWED.keys())
  if (!used.has(name)) found.push(`scripts/docs/allowed.mjs: no page needs \`${name}\``)
if (found.length > 0) {
  process.stderr.write(`${found.join('\n')}\n`)
  process.exitCode = 1
}
