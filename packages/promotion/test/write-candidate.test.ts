import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeCandidate } from '@taskclf/promotion'
import { scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

function place(recorded = 'trees') {
  const dir = scratchDir()
  const from = join(dir, 'model.txt')
  writeFileSync(from, 'trees')
  const parts = {
    copies: { 'model.txt': { from, sha256: sha256(recorded) } },
    documents: { 'metadata.json': '{}' },
  }
  return { dir, out: join(dir, 'candidate'), parts }
}

it('makes a directory of files and documents, and looks at it before it is there', async () => {
  const { dir, out, parts } = place()
  const made = await writeCandidate(out, parts, async (staged) => {
    expect(readdirSync(dir)).not.toContain('candidate')
    return readdirSync(staged).sort()
  })
  expect(made).toEqual({ path: out, tried: ['metadata.json', 'model.txt'] })
  expect(readFileSync(join(out, 'model.txt'), 'utf8')).toBe('trees')
  expect(readdirSync(dir).sort()).toEqual(['candidate', 'model.txt'])
})

it.each([
  ['an empty directory', (out: string) => mkdirSync(out)],
  ['a file', (out: string) => writeFileSync(out, 'mine')],
  ['another candidate', (out: string) => mkdirSync(join(out, 'mine'), { recursive: true })],
])('replaces nothing that came meanwhile: %s', async (_, come) => {
  const { dir, out, parts } = place()
  expect(await writeCandidate(out, parts, async () => come(out))).toBeUndefined()
  expect(readdirSync(dir).sort()).toEqual(['candidate', 'model.txt'])
})

it('makes nothing of a file that changed since it was looked at', async () => {
  const { dir, out, parts } = place('other trees')
  await expect(writeCandidate(out, parts, async () => {})).rejects.toMatchObject({
    code: 'candidate_changed',
  })
  expect(readdirSync(dir)).toEqual(['model.txt'])
})

it('makes nothing of what does not pass, or where there is no directory', async () => {
  const { dir, out, parts } = place()
  const refused = writeCandidate(out, parts, () => Promise.reject(new Error('no')))
  await expect(refused).rejects.toThrow('no')
  const nowhere = writeCandidate(join(dir, 'none/candidate'), parts, async () => {})
  await expect(nowhere).rejects.toMatchObject({ code: 'write_failed' })
  expect(readdirSync(dir)).toEqual(['model.txt'])
})

it('makes nothing where nobody can tell whether something is there', async () => {
  const { dir, out, parts } = place()
  const away = `${dir}-away`
  const made = writeCandidate(out, parts, async () => {
    renameSync(dir, away)
    writeFileSync(dir, 'a file where the directory was')
  })
  await expect(made).rejects.toMatchObject({ code: 'write_failed' })
  expect(readdirSync(away)).not.toContain('candidate')
})
