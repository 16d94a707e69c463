// The words of the project, as CONTRIBUTING.md has them: in Markdown, in comments and messages of packages, in names of tests.
// No library: Vale and retext would each be a program to install for a dozen patterns.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { violationsOf } from './words/violations.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const files = execFileSync('git', ['ls-files', '*.md', '*.ts'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n')
const found = files.flatMap((file) =>
  violationsOf(file, () => readFileSync(`${root}${file}`, 'utf8')).map(
    ({ line, what }) => `${file}:${line}: ${what}`,
  ),
)
if (found.length > 0) {
  process.stderr.write(`${found.join('\n')}\n`)
  process.exit(1)
}
