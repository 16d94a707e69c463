import { existsSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createRowWriter } from '@taskclf/dataset'
import { nodeFileSystem } from '@taskclf/durable-fs'
import { scratchDir } from '@taskclf/test-kit'
import { afterEach, expect, it, vi } from 'vitest'

afterEach(() => vi.restoreAllMocks())

it('syncs a finished file before it has its name, and its directory after', async () => {
  const path = join(scratchDir(), 'out.csv')
  const steps: [string, boolean][] = []
  const handle = await open(join(scratchDir(), 'any'), 'w')
  const handles = Object.getPrototypeOf(handle) as FileHandle
  await handle.close()
  const sync = handles.sync
  vi.spyOn(handles, 'sync').mockImplementation(async function (this: FileHandle) {
    steps.push(['file', existsSync(path)])
    await sync.call(this)
  })
  const syncDirectory = nodeFileSystem.syncDirectory
  vi.spyOn(nodeFileSystem, 'syncDirectory').mockImplementation(async (dir) => {
    steps.push([dir, existsSync(path)])
    await syncDirectory.call(nodeFileSystem, dir)
  })
  const writer = createRowWriter(path, { columns: ['a'] })
  await writer.write([{ a: 1 }])
  expect(steps).toEqual([])
  await writer.finish()
  expect(steps).toEqual([
    ['file', false],
    [dirname(path), true],
  ])
})
