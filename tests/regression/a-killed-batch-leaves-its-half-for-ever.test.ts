import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { runCli, scratchDir, spawnProgram, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const CLI = fileURLToPath(new URL('../../packages/cli/dist/bin.cjs', import.meta.url))
const staged = (dir: string) => readdirSync(dir).filter((name) => name.endsWith('.tmp'))

it('removes in the next batch to that output what a killed one left, and only that', async () => {
  const dir = scratchDir()
  writeBundle(join(dir, 'models'), 'run-1')
  writeFileSync(join(dir, 'rows.csv'), 'x\n1\n')
  writeFileSync(join(dir, '.o.csv.mine.tmp'), 'a file of somebody else')
  const begin = async (output: string) => {
    const before = new Set(staged(dir))
    const isStaging = () => staged(dir).some((name) => !before.has(name))
    const child = spawnProgram(CLI, ['infer', 'batch', '--input', '-', '--output', output], { cwd: dir })
    child.stdin?.on('error', () => {})
    child.stdin?.write(`x\n${'1\n'.repeat(200_000)}`)
    const limit = Date.now() + 30_000
    while (!isStaging() && Date.now() < limit) await sleep(20)
    expect(isStaging()).toBe(true)
    return child
  }
  const killed = await begin('o.csv')
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const alive = await begin('o.csv')
  // Beginning has swept what the killed one left; what lives keeps its own.
  const next = await runCli(['infer', 'batch', '--input', 'rows.csv', '--output', 'o.csv'], { cwd: dir })
  expect(next.code, next.stderr).toBe(0)
  expect(staged(dir)).toHaveLength(2)
  expect(staged(dir)).toContain('.o.csv.mine.tmp')
  expect(readFileSync(join(dir, 'o.csv'), 'utf8')).toContain('Build')
  alive.kill('SIGKILL')
})
