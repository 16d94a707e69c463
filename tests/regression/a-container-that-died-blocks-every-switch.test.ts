import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { currentProcess, nameOfOwner, newLockOwner } from '@taskclf/durable-fs'
import { readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

async function place() {
  const models = join(scratchDir(), 'models')
  writeBundle(models, 'run-a')
  const bundle = await readBundle(join(models, 'run-a'))
  if (bundle.status !== 'valid') throw new Error('the bundle should be valid')
  const lockDir = join(models, '.taskclf', 'active.lock')
  mkdirSync(lockDir, { recursive: true })
  return { models, bundle, lockDir }
}

it.each([
  ['of another PID namespace', { pidNamespace: '1' }],
  [
    'of another PID namespace, with a host name of its own',
    { pidNamespace: '1', host: 'c0ffee', machine: '' },
  ],
])('overtakes a writer killed in a container %s as a stopped one', async (_, container) => {
  const { models, bundle, lockDir } = await place()
  mkdirSync(join(lockDir, nameOfOwner(newLockOwner({ ...currentProcess(), ...container }))))
  const lock = { staleAfterMs: 100, timeoutMs: 20_000 }
  const { warnings } = await writeActiveAtomic(models, bundle, { source: 'manual', lock })
  expect(warnings.map(({ code }) => code)).toContain('lock_broken')
  expect(readdirSync(lockDir)).toEqual([])
})

it('waits for and names a writer on another machine', async () => {
  const { models, bundle, lockDir } = await place()
  const elsewhere = nameOfOwner(newLockOwner({ ...currentProcess(), host: 'another', boot: 'another' }))
  mkdirSync(join(lockDir, elsewhere))
  const lock = { staleAfterMs: 10, timeoutMs: 100 }
  const error = await writeActiveAtomic(models, bundle, { source: 'manual', lock }).catch((e) => e)
  expect(error).toMatchObject({ code: 'lock_foreign_owner' })
  expect(error.message).toContain(join(lockDir, elsewhere))
  expect(readdirSync(lockDir)).toEqual([elsewhere])
})

it('waits for several entries that name nobody the time of one', async () => {
  const { models, bundle, lockDir } = await place()
  for (let i = 0; i < 12; i++) mkdirSync(join(lockDir, `odd-${i}`))
  // Twelve times the wait for one would be beyond the limit.
  const lock = { staleAfterMs: 1000, timeoutMs: 8000 }
  await writeActiveAtomic(models, bundle, { source: 'manual', lock })
  expect(readdirSync(lockDir)).toEqual([])
})
