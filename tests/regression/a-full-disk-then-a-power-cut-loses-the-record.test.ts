import { join } from 'node:path'
import { localStore, writeActiveAtomic } from '@taskclf/active-pointer'
import { readBundle } from '@taskclf/registry-core'
import {
  checkChain,
  createCrashDisk,
  type Fault,
  instrument,
  scratchDir,
  seededRandom,
  writeBundle,
} from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('has the line of the first switch on the disk before its pointer, though an attempt before it failed', async () => {
  const models = join(scratchDir(), 'models')
  writeBundle(models, 'run-a')
  const bundle = await readBundle(join(models, 'run-a'))
  if (bundle.status !== 'valid') throw new Error('the bundle should be valid')
  const random = seededRandom(1)
  let survivors: ReturnType<typeof createCrashDisk>[] = []
  const disk = createCrashDisk({
    dirs: [models],
    beforeStep: () => survivors.push(...Array.from({ length: 40 }, () => disk.crash(random))),
  })
  // The first attempt writes half a line, then the disk is full: the history exists, its name is not yet safe.
  const counted = instrument(createCrashDisk({ dirs: [models] }).fileSystem)
  await writeActiveAtomic(localStore(models, { fileSystem: counted.fileSystem }), bundle, {
    source: 'manual',
  })
  const write = counted.steps.indexOf('file.write')
  const full = instrument(
    disk.fileSystem,
    new Map<number, Fault>([
      [write, 'short'],
      [write + 1, { errno: 'ENOSPC' }],
    ]),
  )
  const failed = writeActiveAtomic(localStore(models, { fileSystem: full.fileSystem }), bundle, {
    source: 'manual',
  })
  await expect(failed).rejects.toMatchObject({ code: 'io', details: { errno: 'ENOSPC' } })

  survivors = []
  await writeActiveAtomic(localStore(models, { fileSystem: disk.fileSystem }), bundle, { source: 'manual' })
  expect(survivors.length).toBeGreaterThan(400)
  for (const survivor of survivors) {
    const [pointer, history] = ['active.json', 'active_history.jsonl'].map((name) =>
      survivor.bytesOf(join(models, name)),
    )
    expect(checkChain(pointer, history)).toMatchObject({ ok: true })
  }
})
