import { type ChildProcess, execFileSync } from 'node:child_process'
import { createWriteStream, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { copyDemoModels, demoDir, scratchDir, spawnProgram } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const BIN = fileURLToPath(new URL('../dist/bin.cjs', import.meta.url))
const LINES = readFileSync(join(demoDir, 'windows.csv'), 'utf8').trimEnd().split('\n')

/** What a directory holds besides the models, hidden files too. */
const rest = (dir: string) => readdirSync(dir).filter((name) => name !== 'models')

it('takes less than 200 MB for a million rows, and killed half-way leaves no output', async () => {
  const dir = scratchDir()
  copyDemoModels(dir)
  const input = join(dir, 'in.csv')
  const body = `${LINES.slice(1).join('\n')}\n`
  await pipeline(Readable.from(copies(`${LINES[0]}\n`, body, 2_000)), createWriteStream(input))
  const args = ['infer', 'batch', '--input', 'in.csv', '--output', 'out.csv']

  const killed = spawnProgram(BIN, args, { cwd: dir })
  const staged = () => rest(dir).filter((name) => name.startsWith('.out.csv.'))
  await until(() => staged().some((name) => statSync(join(dir, name)).size > 5_000_000))
  killed.kill('SIGKILL')
  await exitOf(killed)
  expect(rest(dir).filter((name) => !name.startsWith('.'))).toEqual(['in.csv'])

  const child = spawnProgram(BIN, [...args, '--json'], { cwd: dir })
  let said = ''
  child.stdout?.on('data', (chunk) => {
    said += chunk
  })
  let highest = 0
  const sampling = setInterval(() => {
    highest = Math.max(highest, peakOf(child.pid as number))
  }, 100)
  const code = await exitOf(child)
  clearInterval(sampling)
  expect(code).toBe(0)
  expect(JSON.parse(said)).toMatchObject({ rows: 1_000_000 })
  expect(highest).toBeGreaterThan(30e6)
  expect(highest).toBeLessThan(200e6)
  expect(execFileSync('wc', ['-l', join(dir, 'out.csv')]).toString()).toMatch(/^1000001 /)
}, 300_000)

function* copies(header: string, body: string, times: number): Generator<string> {
  yield header
  for (let i = 0; i < times; i++) yield body
}

/** Most bytes of memory that the process ever had; 0 once it is gone. */
function peakOf(pid: number): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes ?? 0) * 1024
  } catch {
    return 0
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10)
}

function exitOf(child: ChildProcess): Promise<number | null> {
  child.stdout?.resume()
  child.stderr?.resume()
  return new Promise((resolve) => child.once('close', resolve))
}
