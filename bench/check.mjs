// Compares measured ratios with what is promised: of a result file, or of a quick run made now.
//   node bench/check.mjs [FILE]
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMet, TARGETS } from './targets.mjs'

const result = process.argv[2] === undefined ? runNow() : JSON.parse(readFileSync(process.argv[2], 'utf8'))
const judged = result.rows.map((row) => ({ ...row, met: isMet(row) }))
const missed = judged.filter(({ met }) => met === false)
for (const { id, ratio, ours, unit } of missed) {
  const found = TARGETS[id].ratio === undefined ? `${ours.toFixed(2)} ${unit}` : `${ratio.toFixed(2)}×`
  process.stdout.write(`missed: ${id}: ${found}, target ${TARGETS[id].text}\n`)
}
const unknown = Object.keys(TARGETS).filter((id) => judged.find((row) => row.id === id)?.met === undefined)
if (unknown.length > 0) process.stdout.write(`not measured: ${unknown.join(', ')}\n`)
process.stdout.write(
  `${judged.filter(({ met }) => met).length} of ${Object.keys(TARGETS).length} targets met\n`,
)
process.exitCode = missed.length > 0 ? 1 : 0

function runNow() {
  const dir = mkdtempSync(join(tmpdir(), 'taskclf-bench-'))
  try {
    const file = join(dir, 'result.json')
    const run = fileURLToPath(new URL('./run.mjs', import.meta.url))
    execFileSync(process.execPath, [run, '--quick', '--json', file], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return JSON.parse(readFileSync(file, 'utf8'))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
