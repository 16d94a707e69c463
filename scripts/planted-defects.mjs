// npm run defects -- [--only NAME]      Puts defects into a copy of the sources, one at a time, and asks the tests.
// A defect that no test catches is a hole in the tests: this program then fails. The table is for docs/testing.md.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { DEFECTS, plant } from './defects.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { only: { type: 'string' } } })
const copy = join(mkdtempSync(join(tmpdir(), 'taskclf-defects-')), 'copy')
const LEFT_OUT =
  /^(\.git|node_modules|coverage|reports|\.turbo|\.stryker-tmp|bench)$|(^|\/)(dist|\.turbo)(\/|$)/
cpSync(root, copy, {
  recursive: true,
  verbatimSymlinks: true,
  filter: (from) => !LEFT_OUT.test(relative(root, from)),
})
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))

const unsound = new Set()
const chosen = DEFECTS.filter(([name]) => name.includes(values.only ?? ''))
for (const [file] of failures([...new Set(chosen.flatMap((defect) => defect[4]))])) unsound.add(file)
if (unsound.size > 0) process.stderr.write(`no say: ${[...unsound].join(', ')}\n`)

let missed = 0
process.stdout.write('| defect | in | caught by |\n| --- | --- | --- |\n')
try {
  for (const defect of chosen) {
    const [name, file, , , tests] = defect
    const path = join(copy, 'packages', file)
    const sound = readFileSync(path, 'utf8')
    const broken = plant(defect, sound)
    if (broken === sound)
      throw new Error(`"${name}": ${file} no longer holds the code to be changed; correct this list`)
    writeFileSync(path, broken)
    const caught = firstFailure(tests)
    writeFileSync(path, sound)
    if (caught === undefined) missed++
    process.stdout.write(`| ${name} | \`${file}\` | ${caught ?? '**nothing**'} |\n`)
  }
} finally {
  rmSync(join(copy, '..'), { recursive: true, force: true })
}
process.stdout.write(
  `\n${missed === 0 ? 'every defect was caught' : `${missed} defects were caught by nothing`}\n`,
)
process.exit(missed === 0 ? 0 : 1)

/**
 * The first test that fails, as `file: name`. Files in which a test fails on the sound code too (they start built
 * programs, and nothing is built in the copy) have no say.
 */
function firstFailure(tests) {
  const [suite, test] = failures([...tests, '--bail=1'])[0] ?? []
  return suite && `\`${suite}\`: ${test.replaceAll('|', '\\|')}`
}

function failures(tests) {
  const paths = tests.map((path) =>
    path.startsWith('--') ? path : path.startsWith('regression/') ? `tests/${path}` : `packages/${path}`,
  )
  const args = ['vitest', 'run', '--reporter=json', '--testTimeout=15000', ...paths]
  for (const file of unsound) args.push('--exclude', file)
  const { stdout } = spawnSync('npx', args, { cwd: copy, encoding: 'utf8', maxBuffer: 1 << 28 })
  const report = JSON.parse(stdout.slice(stdout.indexOf('{"numTotalTestSuites"')))
  return report.testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    const file = relative(copy, name)
    if (failed.length === 0) return status === 'failed' ? [[file, '(does not even load)']] : []
    return failed.map(({ fullName }) => [file, fullName])
  })
}
