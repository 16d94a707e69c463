// npm run defects -- [--only NAME]      Puts defects into a copy of the sources, one at a time, and asks the tests.
// A defect that no test catches is a hole in the tests: this program then fails. The table is for docs/testing.md.
// No library: Stryker cannot put in a change of several lines that is given as text.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { DEFECTS, placeOf, plant } from './defects.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { only: { type: 'string' } } })
const chosen = DEFECTS.filter(([name]) => name.includes(values.only ?? ''))
if (chosen.length === 0) {
  process.stderr.write(`not one defect is called ${values.only}\n`)
  process.exit(2)
}
const copy = join(mkdtempSync(join(tmpdir(), 'taskclf-defects-')), 'copy')
const LEFT_OUT = /^(\.git|node_modules|coverage|reports|\.turbo|\.stryker-tmp|bench)$|(^|\/)\.turbo(\/|$)/
// The libraries as they are built lie in the copy, sound; the command line is built anew where tests ask it.
spawnSync(process.execPath, ['scripts/setup.mjs'], { cwd: root, stdio: 'ignore' })
cpSync(root, copy, {
  recursive: true,
  verbatimSymlinks: true,
  filter: (from) => !LEFT_OUT.test(relative(root, from)),
})
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))

const unsound = new Set()
let missed = 0
try {
  const asked = [...new Set(chosen.flatMap((defect) => defect[4]))]
  if (usesProgram(asked)) buildProgram()
  for (const [file] of failures(asked)) unsound.add(file)
  if (unsound.size > 0) process.stderr.write(`no say: ${[...unsound].join(', ')}\n`)
  process.stdout.write('| defect | in | caught by |\n| --- | --- | --- |\n')
  for (const defect of chosen) {
    const [name, file, , , tests] = defect
    const path = join(copy, placeOf(file))
    const sound = readFileSync(path, 'utf8')
    const broken = plant(defect, sound)
    if (broken === sound)
      throw new Error(`"${name}": ${file} no longer holds the code to be changed; correct this list`)
    writeFileSync(path, broken)
    if (usesProgram(tests)) buildProgram()
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
 * The first test that fails, as `file: name`. Files in which a test fails on the sound code too have no say.
 */
function firstFailure(tests) {
  const [suite, test] = failures([...tests, '--bail=1'])[0] ?? []
  return suite && `\`${suite}\`: ${test.replaceAll('|', '\\|')}`
}

function failures(tests) {
  const args = ['vitest', 'run', '--reporter=json', '--testTimeout=15000', ...tests.map(inTree)]
  for (const file of unsound) args.push('--exclude', file)
  const env = { ...process.env, TASKCLF_BUILD: 'as-is' }
  const { stdout } = spawnSync('npx', args, { cwd: copy, env, encoding: 'utf8', maxBuffer: 1 << 28 })
  const report = JSON.parse(stdout.slice(stdout.indexOf('{"numTotalTestSuites"')))
  return report.testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    const file = relative(copy, name)
    if (failed.length === 0) return status === 'failed' ? [[file, '(does not even load)']] : []
    return failed.map(({ fullName }) => [file, fullName])
  })
}

function inTree(path) {
  if (path.startsWith('--')) return path
  return /^(regression|docs|hostile|examples)\//.test(path) ? `tests/${path}` : `packages/${path}`
}

/** Whether one of these tests runs the command line as it is built. */
function usesProgram(tests) {
  return tests.map(inTree).some((start) => {
    const whole = join(copy, start)
    const [dir, name] = existsSync(whole) ? [whole, ''] : [dirname(whole), relative(dirname(whole), whole)]
    if (start.startsWith('packages/cli/')) return true
    return readdirSync(dir, { recursive: true })
      .filter((file) => file.startsWith(name) && file.endsWith('.test.ts'))
      .some((file) => /\brunCli\b|dist\/bin\.cjs|bin\.taskclf/.test(readFileSync(join(dir, file), 'utf8')))
  })
}

/** The command line of the copy's sources, with all libraries inside. */
function buildProgram() {
  const cwd = join(copy, 'packages/cli')
  const { status, stderr } = spawnSync(process.execPath, ['build/build.mjs'], { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`the command line of the copy does not build\n${stderr}`)
}
