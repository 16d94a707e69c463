// The script of docs/guides/backup-and-moving.md, while models are published and switched as fast as they can be.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { predictorChecks } from '@taskclf/predictor'
import { openRegistry, type Registry } from '@taskclf/registry'
import { POLICY_PRESETS } from '@taskclf/selection-policy'
import { expect, it } from 'vitest'
import { blocksOf } from './code-blocks.js'
import { readersFolder } from './readers-folder.js'
import { runProgram } from './run-program.js'

const SCRIPT =
  blocksOf('docs/guides/backup-and-moving.md').find(({ file }) => file === 'copy-registry.sh')?.text ?? ''
const HOW = { policy: POLICY_PRESETS.latest, checks: predictorChecks() }
const IDS = ['churn-2026-01', 'churn-2026-02', 'churn-2026-03']

/** What doctor finds in each of `count` copies that a script makes while everything runs. */
async function copiesWith(script: string, count: number): Promise<string[][]> {
  const cwd = readersFolder('examples/churn')
  writeFileSync(join(cwd, 'copy-registry.sh'), script)
  const registry = await openRegistry(join(cwd, 'models'), HOW)
  await registry.activate('churn-2026-01')
  const writing = keepWriting(registry, cwd)
  const found: string[][] = []
  for (let i = 0; i < count; i++) {
    const { code, both } = await runProgram(
      'sh',
      ['copy-registry.sh', 'models', `copy-${i}`],
      cwd,
      process.env.PATH ?? '',
    )
    expect([code, both]).toEqual([0, ''])
    const { findings } = await (await openRegistry(join(cwd, `copy-${i}`), HOW)).examine()
    found.push(findings.filter(({ level }) => level !== 'note').map(({ code }) => code))
  }
  expect(await writing.stop()).toBeGreaterThan(2 * count)
  return found
}

/** Switches, and publishes a new model every tenth time, until it is stopped; answers how often it switched. */
function keepWriting(registry: Registry, cwd: string): { stop(): Promise<number> } {
  let isOver = false
  const done = (async () => {
    let switches = 0
    for (; !isOver; switches++) {
      await registry.activate(IDS[switches % 3] as string)
      if (switches % 10 === 0) await registry.promote(candidate(cwd, switches))
    }
    return switches
  })()
  return {
    stop() {
      isOver = true
      return done
    },
  }
}

function candidate(cwd: string, n: number): string {
  const dir = join(cwd, `candidate-${n}`)
  cpSync(join(cwd, 'models/churn-2026-03'), dir, { recursive: true })
  const metadata = JSON.parse(readFileSync(join(dir, 'metadata.json'), 'utf8'))
  writeFileSync(join(dir, 'metadata.json'), JSON.stringify({ ...metadata, description: `number ${n}` }))
  return dir
}

it('copies a registry that can serve, whatever is written meanwhile', async () => {
  const copies = await copiesWith(SCRIPT, 12)
  expect(copies).toEqual(copies.map(() => []))
})

it('finds that a copy in another order lost lines', async () => {
  const [pointer, history] = SCRIPT.split('\n').filter((line) => line.startsWith('  cp -p'))
  const other = SCRIPT.replace(`${pointer}\n${history}`, `${history}\n  sleep 0.5\n${pointer}`)
  expect(other).not.toBe(SCRIPT)
  expect((await copiesWith(other, 3)).flat()).toContain('history_cut')
})
