import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { localStore, writeActiveAtomic } from '@taskclf/active-pointer'
import { nodeFileSystem } from '@taskclf/durable-fs'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { instrument, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

// The pointer was replaced first and the line appended after, neither synced: a crash between lost the line.
it('syncs the line before the pointer is switched, and then the pointer', async () => {
  const models = join(scratchDir(), 'models')
  const bundle = (await readBundle(writeBundle(models, 'run-a'))) as LocalValidBundle
  const seen = instrument(nodeFileSystem)
  await writeActiveAtomic(localStore(models, { fileSystem: seen.fileSystem }), bundle, { source: 'manual' })
  const order = seen.steps
    .slice(seen.steps.indexOf('openAppend'))
    .filter((step) => /openAppend|createExclusive|rename|[sS]ync/.test(step))
  expect(order).toEqual([
    'openAppend',
    'file.sync',
    'syncDirectory',
    'createExclusive',
    'file.sync',
    'rename',
    'syncDirectory',
  ])
})

it('leaves the old pointer and a line that says so when the process dies between the two', async () => {
  const models = join(scratchDir(), 'models')
  const bundle = (await readBundle(writeBundle(models, 'run-a'))) as LocalValidBundle
  await writeActiveAtomic(models, bundle, { source: 'manual' })
  const before = readFileSync(join(models, 'active.json'), 'utf8')
  const counted = instrument(nodeFileSystem)
  await writeActiveAtomic(localStore(models, { fileSystem: counted.fileSystem }), bundle, {
    source: 'manual',
  })
  const last = readFileSync(join(models, 'active.json'), 'utf8')
  expect(last).not.toBe(before)
  const rename = counted.steps.lastIndexOf('rename')
  const killed = instrument(nodeFileSystem, new Map([[rename, 'kill' as const]]))
  await writeActiveAtomic(localStore(models, { fileSystem: killed.fileSystem }), bundle, {
    source: 'manual',
  }).catch(() => {})
  expect(readFileSync(join(models, 'active.json'), 'utf8')).toBe(last)
  expect(readFileSync(join(models, 'active_history.jsonl'), 'utf8').trim().split('\n').length).toBe(3)
})
