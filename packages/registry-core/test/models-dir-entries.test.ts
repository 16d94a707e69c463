import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { openModelsDir } from '../src/local/models-dir.js'
import { listModelsDir } from '../src/local/models-dir-entries.js'

const entries = (root: string) => listModelsDir(root).map(({ modelId, kind }) => [modelId, kind])

describe('what lies in a models dir', () => {
  it('is directories and links, in the order of their names', () => {
    const root = scratchDir()
    // In order neither as they are made nor backwards.
    for (const name of ['b', 'c', 'a', 'B', '.hidden']) mkdirSync(join(root, name))
    symlinkSync('a', join(root, 'bb'))
    writeFileSync(join(root, 'active.json'), '{}')
    expect(entries(root)).toEqual([
      ['B', 'directory'],
      ['a', 'directory'],
      ['b', 'directory'],
      ['bb', 'link'],
      ['c', 'directory'],
    ])
  })

  it('is the same where a name is not UTF-8, which is shown by its bytes', () => {
    const root = scratchDir()
    const made = (...bytes: number[]) =>
      mkdirSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from(bytes)]))
    for (const name of ['b', '.hidden', 'good \ufffd']) mkdirSync(join(root, name))
    writeFileSync(join(root, 'active.json'), '{}')
    symlinkSync('b', join(root, 'c'))
    made(0x61, 0xff, 0x20, 0x7e, 0x7f, 0x1f, 0x0a)
    expect(entries(root)).toEqual([
      ['a\\xff ~\\x7f\\x1f\\x0a', 'unusable_name'],
      ['b', 'directory'],
      ['c', 'link'],
      ['good \ufffd', 'directory'],
    ])
    // A link to a name that cannot be said is no bundle either; a plain file of such a name is none.
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xfe])]), '')
    expect(entries(root)).toHaveLength(4)
  })
})

describe('a models dir that cannot be opened', () => {
  it.each([
    ['none', 'models_dir_missing', 'ENOENT'],
    ['file/below', 'models_dir_not_a_directory', 'ENOTDIR'],
    ['x'.repeat(300), 'models_dir_unreadable', 'ENAMETOOLONG'],
  ])('reports of %s: %s, and what the system said', (name, code, errno) => {
    const root = scratchDir()
    writeFileSync(join(root, 'file'), '')
    const cause = expect.objectContaining({ code: errno }) as unknown
    expect(() => openModelsDir(join(root, name))).toThrow(expect.objectContaining({ code, cause }))
  })

  it('reports of a file: models_dir_not_a_directory', () => {
    const root = scratchDir()
    writeFileSync(join(root, 'file'), '')
    expect(() => openModelsDir(join(root, 'file'))).toThrow(
      expect.objectContaining({ code: 'models_dir_not_a_directory', path: join(root, 'file') }),
    )
  })
})
