import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { scratchDir, spawnProgram, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const CLI = fileURLToPath(new URL('../../packages/cli/dist/bin.cjs', import.meta.url))
/** Many times what any grace would be. */
const LONG_MS = 20_000

it.each([
  ['infer online', ['infer', 'online'], '{"x":1}\n'],
  ['infer batch', ['infer', 'batch', '--input', '-', '--output', '-'], '1\n'],
])('ends %s when asked to, though its reader has stopped', async (_, args, line) => {
  const dir = scratchDir()
  writeBundle(join(dir, 'models'), 'run-1')
  const child = spawnProgram(CLI, args, { cwd: dir })
  child.stderr?.resume()
  child.stdin?.on('error', () => {})
  // Nobody reads child.stdout: it fills up, and then so does what comes in.
  child.stdin?.write(`x\n${line.repeat(200_000)}`)
  await sleep(2_500)
  const ended = once(child, 'exit').then(([code]) => code as number)
  child.kill('SIGTERM')
  const limit = sleep(LONG_MS, 'still running', { ref: false })
  const outcome = await Promise.race([ended, limit])
  child.kill('SIGKILL')
  expect(outcome).toBe(143)
})
