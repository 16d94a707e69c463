// npm run findings -- [--at COMMIT] [--only ID,ID] [--keep]      Runs the tests of each finding that this tree mended.
// With --at they run on a tree of that commit, where each must fail, and for its row's reason: what was seen there is printed.
// No library: bisecting tools look for one commit; this runs the tests of many findings on a tree of before.
import { parseArgs } from 'node:util'
import { copyTests } from './findings/copy-tests.mjs'
import { judgeRow } from './findings/judge-row.mjs'
import { runTestFiles } from './findings/run-test-files.mjs'
import { treeAt, treeHere } from './findings/trees.mjs'
import { FINDINGS } from './findings-table.mjs'

const { values } = parseArgs({
  options: { at: { type: 'string' }, only: { type: 'string' }, keep: { type: 'boolean', default: false } },
})
const only = values.only?.split(',')
const rows = FINDINGS.filter(({ id }) => only === undefined || only.includes(id))
if (rows.length === 0) {
  process.stderr.write(`not one row is called ${values.only}\n`)
  process.exit(2)
}

const tree = values.at === undefined ? treeHere() : treeAt(values.at)
const onTheSpot = () => {
  tree.remove()
  process.exit(130)
}
process.once('SIGINT', onTheSpot)
process.once('SIGTERM', onTheSpot)

let missed = 0
try {
  const files = [...new Set(rows.flatMap(({ tests = [] }) => tests.map(({ file }) => file)))]
  if (values.at !== undefined)
    copyTests(
      files,
      rows.flatMap((row) => row.with ?? []),
      tree.dir,
    )
  const reports = await runTestFiles(files, tree.dir)
  for (const row of rows) {
    const { seen, lines } = judgeRow(row, { reports, tree: tree.dir, broken: values.at !== undefined })
    if (!seen) missed++
    process.stdout.write(`${row.id.padEnd(4)}${row.what}\n${lines.map((line) => `      ${line}\n`).join('')}`)
  }
} finally {
  if (values.keep) process.stdout.write(`kept: ${tree.dir}\n`)
  else tree.remove()
}
const asked = values.at === undefined ? 'held here' : `seen at ${values.at}`
process.stdout.write(
  missed === 0
    ? `\nall ${rows.length} rows are ${asked}\n`
    : `\n${missed} of ${rows.length} rows NOT ${asked}\n`,
)
process.exitCode = missed === 0 ? 0 : 1
