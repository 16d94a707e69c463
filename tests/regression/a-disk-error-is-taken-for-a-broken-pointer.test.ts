import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readActive, readHistory, writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { afterEach, expect, it, vi } from 'vitest'

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  return { ...fs, openSync: vi.fn(fs.openSync) }
})
const { openSync: reallyOpen } = await vi.importActual<typeof import('node:fs')>('node:fs')
afterEach(() => {
  vi.mocked(openSync).mockImplementation(reallyOpen)
})

// "Corrupt" is an answer: the next model serves, and a repair moves the pointer for everybody. A disk that fails is none.
it.each(['EACCES', 'EIO', 'EMFILE', 'ESTALE'])(
  'reports %s of active.json as an error, not a state',
  async (errno) => {
    const models = join(scratchDir(), 'models')
    for (const id of ['run-a', 'run-b']) writeBundle(models, id)
    const [a, b] = await Promise.all(['run-a', 'run-b'].map((id) => readBundle(join(models, id))))
    await writeActiveAtomic(models, a as LocalValidBundle, { source: 'manual' })
    const before = ['active.json', 'active_history.jsonl'].map((name) =>
      readFileSync(join(models, name), 'utf8'),
    )
    vi.mocked(openSync).mockImplementation((path, ...rest) => {
      if (String(path).endsWith('/active.json')) throw Object.assign(new Error('no'), { code: errno })
      return reallyOpen(path, ...rest)
    })
    const refused = { code: 'io', details: { errno } }
    await expect(readActive(models)).rejects.toMatchObject(refused)
    await expect(readHistory(models)).rejects.toMatchObject(refused)
    await expect(
      writeActiveAtomic(models, b as LocalValidBundle, { source: 'repair' }),
    ).rejects.toMatchObject(refused)
    vi.mocked(openSync).mockImplementation(reallyOpen)
    expect(
      ['active.json', 'active_history.jsonl'].map((name) => readFileSync(join(models, name), 'utf8')),
    ).toEqual(before)
  },
)
