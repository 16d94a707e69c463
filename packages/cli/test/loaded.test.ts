import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { demoDir, scratchDir } from '@taskclf/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const BIN = fileURLToPath(new URL('../dist/bin.cjs', import.meta.url))
const LISTING = fileURLToPath(new URL('./programs/loaded-files.cjs', import.meta.url))
const BEST = '2026-03-02_031009_run-8935'

const START = ['bin', 'rolldown-runtime', 'start']
const LIST = [...START, 'list']
const JUDGE = [...LIST, 'judge']

/** The files of the program that a command loads, by the names that the build gives them. */
function loadedBy(args: readonly string[], cwd: string): string[] {
  const { stderr } = spawnSync(process.execPath, ['--require', LISTING, BIN, ...args], {
    cwd,
    encoding: 'utf8',
  })
  const files = JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as string[]
  return files.map((file) => basename(file, '.cjs').replace(/-[\w-]{8}$/, ''))
}

describe('the built program', () => {
  const dir = scratchDir('taskclf-loaded-', afterAll)

  beforeAll(() => {
    cpSync(demoDir, dir, { recursive: true })
    loadedBy(['model', 'set-active', '--model-id', BEST], dir)
  })

  it.each([
    ['infer resolve', START],
    ['train list', LIST],
    ['model history', LIST],
    ['policy show', LIST],
    ['train check-retrain', LIST],
    ['model select', JUDGE],
    ['model why', JUDGE],
    ['model verify --no-load', JUDGE],
  ])('loads few files for %s, and neither zod nor what only failures need', (line, files) => {
    expect(loadedBy(line.split(' '), dir).sort()).toEqual([...files].sort())
  })

  it('loads the words of failures for a failure', () => {
    expect(loadedBy(['infer', 'resolve', '--models-dir', join(dir, 'nowhere')], dir)).toContain('seldom')
  })
})
