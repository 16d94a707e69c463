import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyDemoModels, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const BIN = fileURLToPath(new URL('../../packages/cli/dist/bin.cjs', import.meta.url))

it.skipIf(!existsSync('/dev/full')).each([
  ['the short way', 'train list'],
  ['the whole program', 'model inspect 2026-03-02_031009_run-8935'],
  ['help', '--help'],
])('says that the output could not be written: %s', (_, line) => {
  const cwd = scratchDir()
  copyDemoModels(cwd)
  const script = `exec "${process.execPath}" "${BIN}" ${line} >/dev/full`
  const { status, stderr } = spawnSync('sh', ['-c', script], { cwd, encoding: 'utf8' })
  expect(stderr).toMatch(/ENOSPC[^\n]*\[system\]/)
  expect(status).toBe(3)
})

it.skipIf(!existsSync('/dev/full'))('finishes its work when only its progress cannot be written', () => {
  const cwd = scratchDir()
  mkdirSync(join(cwd, 'models'))
  const line = `train retrain --trainer "'${process.execPath}' -e process.exit(3)"`
  const script = `exec "${process.execPath}" "${BIN}" ${line} 2>/dev/full`
  const { status, stdout } = spawnSync('sh', ['-c', script], { cwd, encoding: 'utf8' })
  expect(stdout).toContain('exited')
  expect(status).toBe(1)
})

it.each(['train list', 'model inspect 2026-03-02_031009_run-8935'])(
  'answers about absolute paths in a working directory that was removed: %s',
  (line) => {
    const dir = scratchDir()
    copyDemoModels(dir)
    const gone = join(dir, 'gone')
    mkdirSync(gone)
    const script = `rmdir "${gone}" && exec "${process.execPath}" "${BIN}" ${line} --models-dir "${join(dir, 'models')}"`
    const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { cwd: gone, encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('run-8935')
  },
)
