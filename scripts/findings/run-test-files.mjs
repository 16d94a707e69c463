// Runs test files one by one, so that one that hangs or takes its process down says nothing about the others.
// No library: part of findings.mjs.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const AT_ONCE = 2
const LIMIT_MS = 300_000

/** file → `{ tests: [{ name, passed, message }], failure? }`. */
export async function runTestFiles(files, cwd) {
  const reports = new Map()
  const queue = [...files]
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
        reports.set(file, await runOne(file, cwd))
      }
    }),
  )
  return reports
}

async function runOne(file, cwd) {
  if (!existsSync(join(cwd, file))) return { tests: [], failure: 'the file is not there' }
  const scratch = mkdtempSync(join(tmpdir(), 'taskclf-finding-'))
  try {
    const outputFile = join(scratch, 'report.json')
    const ended = await runVitest(['run', file, '--reporter=json', `--outputFile=${outputFile}`], cwd)
    if (!existsSync(outputFile)) return { tests: [], failure: `no report (${ended})` }
    return reportOf(JSON.parse(readFileSync(outputFile, 'utf8')))
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function reportOf({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ fullName, status, failureMessages }) => ({
      name: fullName,
      passed: status === 'passed',
      skipped: status !== 'passed' && status !== 'failed',
      message: failureMessages?.[0] ?? '',
    })),
  )
  const failed = testResults.find(({ status, message }) => status === 'failed' && message)
  return tests.length > 0 || failed === undefined ? { tests } : { tests, failure: failed.message }
}

function runVitest(args, cwd) {
  const program = join(cwd, 'node_modules/vitest/vitest.mjs')
  const child = spawn(process.execPath, [program, ...args], { cwd, detached: true, stdio: 'ignore' })
  // The whole group: workers, and the programs that a test has started.
  const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), LIMIT_MS)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      resolve(signal ?? `exit code ${code}`)
    })
  })
}
