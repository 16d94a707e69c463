import { renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { readActive, watchActive, writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it, onTestFinished, vi } from 'vitest'

async function release(dir: string, id: string): Promise<string> {
  writeBundle(dir, id)
  await writeActiveAtomic(dir, (await readBundle(join(dir, id))) as LocalValidBundle, { source: 'manual' })
  return dir
}

// `models` is a link that a deployment leads to the next release; the old one is removed later.
it('follows the link it was given, not the directory that this led to once', async () => {
  const dir = scratchDir()
  const [first, second] = [await release(join(dir, 'r1'), 'run-a'), await release(join(dir, 'r2'), 'run-b')]
  const models = join(dir, 'models')
  symlinkSync(first, models)
  const { version } = await readActive(models)
  const [seen, errors]: [unknown[], unknown[]] = [[], []]
  const watcher = watchActive(models, (state) => seen.push(state), {
    since: version,
    pollMs: 20,
    onError: (error) => errors.push(error),
  })
  onTestFinished(() => watcher.close())
  symlinkSync(second, `${models}.next`)
  renameSync(`${models}.next`, models)
  await vi.waitFor(() => expect(seen).toMatchObject([{ status: 'valid', modelId: 'run-b' }]))
  rmSync(first, { recursive: true })
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(errors).toEqual([])
})
