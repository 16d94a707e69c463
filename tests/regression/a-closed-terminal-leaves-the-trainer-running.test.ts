import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { scratchDir, spawnProgram } from '@taskclf/test-kit'
import { afterEach, expect, it, vi } from 'vitest'

const BIN = fileURLToPath(new URL('../../packages/cli/dist/bin.cjs', import.meta.url))

/** Says its number, and trains for ever. */
const TRAINER = `
import { writeFileSync } from 'node:fs'
writeFileSync(process.argv[2], String(process.pid))
setInterval(() => {}, 1000)
`
const started: number[] = []

afterEach(() => {
  for (const pid of started.splice(0)) if (isThere(pid)) process.kill(pid, 'SIGKILL')
})

it.each([
  ['SIGHUP', 129],
  ['SIGQUIT', 131],
] as const)('ends the trainer, and records it, at %s', async (signal, expected) => {
  const dir = scratchDir()
  mkdirSync(join(dir, 'models'))
  writeFileSync(join(dir, 'trainer.mjs'), TRAINER)
  const pidFile = join(dir, 'pid')
  const command = `${process.execPath} ${join(dir, 'trainer.mjs')} ${pidFile}`
  const child = spawnProgram(BIN, ['train', 'retrain', '--trainer', command], { cwd: dir })
  const ended = once(child, 'close')
  const manifest = await vi.waitFor(
    () => {
      started.push(Number(readFileSync(pidFile, 'utf8')))
      const [id = ''] = readdirSync(join(dir, 'runs'))
      const path = join(dir, 'runs', id, 'manifest.json')
      expect(JSON.parse(readFileSync(path, 'utf8')).process.pid).toBe(started.at(-1))
      return path
    },
    { timeout: 20_000, interval: 50 },
  )
  child.kill(signal)
  const [code] = await ended
  expect(isThere(started.at(-1) as number), 'the trainer still runs').toBe(false)
  expect(JSON.parse(readFileSync(manifest, 'utf8')).state).toBe('cancelled')
  expect(code).toBe(expected)
})

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A zombie is as good as gone.
    return (
      !existsSync(`/proc/${pid}/status`) || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
    )
  } catch {
    return false
  }
}
