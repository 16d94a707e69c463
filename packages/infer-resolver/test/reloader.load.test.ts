import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const GOOD = ['run-a', 'run-b', 'run-c', 'run-d', 'run-e']

it('survives 1,000 switches by another process under load: no failed request, no wrong answer, every model released once', async () => {
  const models = join(scratchDir(), 'models')
  for (const id of GOOD) writeBundle(models, id, { model: `weights of ${id}\nend of model\n` })
  writeBundle(models, 'bad-missing', { files: { 'model.txt': null } })
  writeBundle(models, 'bad-truncated', { model: 'weights' })
  writeBundle(models, 'bad-self-test', { model: 'sick\nend of model\n' })
  for (const id of ['bad-hangs', 'bad-late', 'bad-test-hangs'])
    writeBundle(models, id, { model: 'end of model\n' })
  await writeActiveAtomic(models, (await readBundle(join(models, 'run-a'))) as LocalValidBundle, {
    source: 'manual',
  })

  const program = fileURLToPath(new URL('programs/serve-under-load.mjs', import.meta.url))
  const child = spawn(process.execPath, ['--expose-gc', program, models, '1000'])
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  await new Promise((resolve) => child.once('close', resolve))
  expect(err).toBe('')
  const said = JSON.parse(out)
  expect(said.counts).toMatchObject({ failed: 0, wrongModel: 0, disposedInUse: 0, badServed: 0, stuck: 0 })
  expect(said.counts.requests).toBeGreaterThan(1_000)
  expect(said.counts.holds).toBeGreaterThan(100)
  expect(said.counts.closes).toBeGreaterThan(10)
  expect(said.swaps).toBeGreaterThan(800)
  expect(said.settled).toBe(true)
  expect(said.stale).toBe(0)
  // Models that failed their self-test were let go too.
  expect(said.disposed).toBe(said.loads)
  expect(said.live).toBe(0)
  expect(Object.keys(said.failures)).toEqual(
    expect.arrayContaining(['bundle_invalid', 'load_failed', 'load_timed_out', 'self_test_failed']),
  )
  const [at100, at1000] = said.heap
  expect(Math.abs(at1000 - at100) / at100).toBeLessThan(0.1)
  // Each open file is one of the programs' own; a leak grows with the switches.
  expect(said.files[1] - said.files[0]).toBeLessThan(10)
}, 240_000)
