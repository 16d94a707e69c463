import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { walkFiles } from '../src/local/walk-files.js'

function made(...names: string[]): { root: string; dir: string } {
  const root = scratchDir()
  const dir = join(root, 'run')
  mkdirSync(join(dir, 'plots', 'more'), { recursive: true })
  for (const name of names) writeFileSync(join(dir, name), '')
  return { root, dir }
}

const places = ({ problems }: ReturnType<typeof walkFiles>) => problems.map(({ code, file }) => [code, file])

describe('the files of a bundle', () => {
  it('contains all below it in code-unit order, but for hidden ones and its manifest', () => {
    // In order neither as they are made nor backwards.
    const { root, dir } = made('b', 'plots/z', 'c', 'plots/more/a', 'a', 'B', '.hidden', 'manifest.json')
    writeFileSync(join(dir, 'plots', 'manifest.json'), '')
    const { files, problems } = walkFiles(root, dir)
    const names = ['B', 'a', 'b', 'c', 'plots/manifest.json', 'plots/more/a', 'plots/z']
    expect(files).toEqual(names.map((name) => ({ name, path: join(dir, name) })))
    expect(problems).toEqual([])
  })

  it('contains nothing that a link leads out to, which is named by its path in the bundle', () => {
    const { root, dir } = made('a')
    symlinkSync('../../../elsewhere', join(dir, 'plots', 'out'))
    symlinkSync(scratchDir(), join(dir, 'plots', 'directory'))
    expect(places(walkFiles(root, dir)).sort()).toEqual([
      ['symlink_escape', 'plots/directory'],
      ['symlink_escape', 'plots/out'],
    ])
  })

  it('contains nothing where the directory is gone, or is not one', () => {
    const { root, dir } = made('a')
    expect(places(walkFiles(root, join(dir, 'a')))).toEqual([['unreadable', '']])
    rmSync(dir, { recursive: true })
    const gone = walkFiles(root, dir)
    expect(places(gone)).toEqual([['vanished', '']])
    expect(gone.problems[0]?.message).toContain('bundle')
    expect(gone.files).toEqual([])
  })
})
