import { execFileSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { scratchDir } from '@taskclf/test-kit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type ActiveState, readActive, rollbackActive, watchActive, writeActiveAtomic } from '../src/index.js'
import { bundleOf, linesOf, modelsWith } from './support.js'

const MANUAL = { source: 'manual' } as const
const textFor = (id: string) =>
  JSON.stringify({ model_dir: `models/${id}`, model_id: id, selected_at: '2026-03-01', policy_version: 1 })

/** As mounted volumes have it: everything is a link through `..data`, which is led elsewhere by one rename. */
function mounted(): { models: string; flip: (revision: string, id: string) => void } {
  const models = modelsWith()
  mkdirSync(models, { recursive: true })
  const flip = (revision: string, id: string) => {
    mkdirSync(join(models, revision))
    writeFileSync(join(models, revision, 'active.json'), textFor(id))
    symlinkSync(revision, join(models, '..new'))
    renameSync(join(models, '..new'), join(models, '..data'))
  }
  symlinkSync('..data/active.json', join(models, 'active.json'))
  return { models, flip }
}

describe('a pointer that is a link', () => {
  it('is read where it stays inside the models dir, and said to be one', async () => {
    const { models, flip } = mounted()
    flip('..2026_01', 'run-a')
    expect(await readActive(models)).toMatchObject({ status: 'valid', modelId: 'run-a', isLink: true })
    flip('..2026_02', 'run-b')
    expect(await readActive(models)).toMatchObject({ status: 'valid', modelId: 'run-b' })
    writeFileSync(join(models, '..2026_02', 'active.json'), '{')
    expect(await readActive(models)).toMatchObject({ status: 'corrupt', isLink: true })
  })

  it('is followed while a watch runs', async () => {
    const { models, flip } = mounted()
    flip('..2026_01', 'run-a')
    const seen: ActiveState[] = []
    const { version } = await readActive(models)
    const watcher = watchActive(models, (state) => seen.push(state), { since: version, pollMs: 1_000_000 })
    onTestFinished(() => watcher.close())
    await new Promise((resolve) => setTimeout(resolve, 50))
    flip('..2026_02', 'run-b')
    await vi.waitFor(() => expect(seen).toMatchObject([{ modelId: 'run-b' }]))
  })

  it.each(['{', textFor('run-b')])('is not switched: it leads to %s', async (text) => {
    const models = modelsWith('run-a', 'run-b')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    renameSync(join(models, 'active.json'), join(models, '.mine'))
    writeFileSync(join(models, '.mine'), text)
    symlinkSync('.mine', join(models, 'active.json'))
    const refused = { code: 'pointer_is_a_link', details: { path: join(models, 'active.json') } }
    await expect(writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)).rejects.toMatchObject(
      refused,
    )
    expect(lstatSync(join(models, 'active.json')).isSymbolicLink()).toBe(true)
    expect([readFileSync(join(models, '.mine'), 'utf8'), linesOf(models).length]).toEqual([text, 1])
    expect(existsSync(join(models, '.taskclf', 'active.lock'))).toBe(true)
    renameSync(join(models, '.mine'), join(models, 'active.json'))
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
  })

  it('names a bundle that is a link too, as long as that stays inside', async () => {
    const models = modelsWith('run-a')
    mkdirSync(join(models, '..2026_01'))
    renameSync(join(models, 'run-a'), join(models, '..2026_01', 'run-a'))
    symlinkSync('..2026_01/run-a', join(models, 'run-a'))
    writeFileSync(join(models, 'active.json'), textFor('run-a'))
    expect(await readActive(models)).toMatchObject({ status: 'valid', modelId: 'run-a' })
  })
})

describe('a pointer that is no file', () => {
  const outside = () => {
    const path = join(scratchDir(), 'active.json')
    writeFileSync(path, textFor('run-a'))
    return path
  }
  it.each<[string, (path: string) => void, string]>([
    ['a FIFO', (path) => execFileSync('mkfifo', [path]), 'not_a_file'],
    ['a link that leads nowhere', (path) => symlinkSync('.none', path), 'not_a_file'],
    ['a link below a file', (path) => symlinkSync('active_history.jsonl/x', path), 'not_a_file'],
    ['a link to a directory', (path) => symlinkSync('run-a', path), 'not_a_file'],
    ['a link in a circle', (path) => symlinkSync('active.json', path), 'unreadable'],
    ['a link that leaves', (path) => symlinkSync(outside(), path), 'symlink_escape'],
    ['a link to a device', (path) => symlinkSync('/dev/zero', path), 'symlink_escape'],
  ])('reports %s as corrupt; a person may switch over it, unless it is a link', async (what, make, code) => {
    const models = modelsWith('run-a')
    writeFileSync(join(models, 'active_history.jsonl'), '')
    make(join(models, 'active.json'))
    const state = await readActive(models)
    expect(state).toMatchObject({ status: 'corrupt', problems: [{ code }] })
    expect(state).not.toHaveProperty('isLink')
    const attempt = writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    if (what !== 'a FIFO') {
      await expect(attempt).rejects.toMatchObject({ code: 'pointer_is_a_link' })
      expect(readFileSync(join(models, 'active_history.jsonl'), 'utf8')).toBe('')
      return
    }
    expect((await attempt).warnings).toMatchObject([{ code: 'corrupt_pointer_replaced' }])
    expect(await readActive(models)).toMatchObject({ status: 'valid', modelId: 'run-a' })
    expect(lstatSync(join(models, 'active.json')).isFile()).toBe(true)
  })

  it('reports a directory as corrupt, to be moved away first', async () => {
    const models = modelsWith('run-a')
    mkdirSync(join(models, 'active.json'))
    expect(await readActive(models)).toMatchObject({ status: 'corrupt', problems: [{ code: 'not_a_file' }] })
    await expect(writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)).rejects.toMatchObject({
      code: 'io',
      details: { errno: 'EISDIR' },
    })
    expect(existsSync(join(models, 'active_history.jsonl'))).toBe(false)
    await expect(rollbackActive(models)).rejects.toThrow()
  })
})
