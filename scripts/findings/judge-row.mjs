// Says of a row whether its tests were seen to hold (here), or to fail for the row's reason (on an older tree).
// No library: part of findings.mjs.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DEFECTS } from '../defects.mjs'
import { root } from './trees.mjs'

/** A test that asks for what was not there yet fails for that, not for what the row is about. */
const NOT_THE_REASON =
  /^(TypeError|ReferenceError|SyntaxError|RangeError)\b|Cannot find (module|package)|Failed to (load|resolve)|is not a function|does not provide an export|[Uu]nknown (option|argument|command)|no such file or directory, open '[^']*\/(tests|packages)\//

export function judgeRow(row, { reports, tree, broken }) {
  if (row.open) return { seen: false, lines: ['OPEN: nothing holds this row yet'] }
  const parts = [
    ...(row.tests ?? []).map((test) => judgeTest(test, reports.get(test.file), broken)),
    ...(row.defects ?? []).map(judgeDefect),
    ...(row.pages ?? []).map((page) => judgePage(page, tree, broken)),
  ]
  if (row.later) parts.push({ seen: true, line: `later: ${row.later}` })
  return {
    seen: parts.length > 0 && parts.every(({ seen }) => seen),
    lines: parts.map(({ seen, line }) => (seen ? line : `NOT SEEN: ${line}`)),
  }
}

function judgeTest({ file, name = '', because }, report, broken) {
  const where = name === '' ? file : `${file}: ${name}`
  if (report.failure !== undefined) return no(`${where}: ${shorten(report.failure)}`)
  const tests = report.tests.filter((test) => test.name.includes(name) && !test.skipped)
  if (tests.length === 0) return no(`${where}: no test of that name ran`)
  const failed = tests.filter(({ passed }) => !passed)
  if (!broken) {
    if (failed.length === 0) return yes(`held by ${where}`)
    return no(`${where}: ${shorten(failed[0].message)}`)
  }
  if (failed.length === 0) return no(`${where}: passes there`)
  const reason = failed.find(({ message }) => isTheReason(message, because))
  if (reason === undefined) return no(`${where}: fails for another reason: ${shorten(failed[0].message)}`)
  return yes(`${shorten(reason.message)}   (${where})`)
}

export function isTheReason(message, because) {
  return because === undefined ? !NOT_THE_REASON.test(message) : message.includes(because)
}

function judgeDefect(name) {
  const found = DEFECTS.some(([known]) => known === name)
  return found ? yes(`put in by npm run defects: ${name}`) : no(`npm run defects has no "${name}"`)
}

function judgePage({ file, says }, tree, broken) {
  if (!textOf(root, file).includes(says)) return no(`${file} does not say "${says}"`)
  if (broken && textOf(tree, file).includes(says)) return no(`${file} said "${says}" there already`)
  return yes(broken ? `${file} did not say "${says}"` : `said in ${file}`)
}

function textOf(tree, file) {
  const path = join(tree, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

const yes = (line) => ({ seen: true, line })
const no = (line) => ({ seen: false, line })

function shorten(message) {
  const [first = ''] = message.split('\n    at ')
  const line = first.replace(/\s+/g, ' ').trim()
  return line.length > 240 ? `${line.slice(0, 240)}…` : line
}
