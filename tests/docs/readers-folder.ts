import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir } from '@taskclf/test-kit'
import { ROOT } from './code-blocks.js'

/** An example by its path, the packages by name, taskclf, and an npx that finds taskclf without asking a registry. Without an example, no files. */
export function readersFolder(example?: string): string {
  const cwd = scratchDir()
  if (example !== undefined) cpSync(join(ROOT, example), cwd, { recursive: true })
  const installed = join(cwd, 'node_modules/@taskclf')
  mkdirSync(installed, { recursive: true })
  for (const name of readdirSync(join(ROOT, 'packages'))) {
    if (name !== 'cli') symlinkSync(join(ROOT, 'packages', name), join(installed, name))
  }
  const { bin } = JSON.parse(readFileSync(join(ROOT, 'packages/cli/package.json'), 'utf8'))
  const taskclf = `exec "${process.execPath}" "${join(ROOT, 'packages/cli', bin.taskclf)}" "$@"\n`
  mkdirSync(join(cwd, 'bin'))
  for (const [name, rest] of [
    ['taskclf', taskclf],
    ['npx', `[ "$1" = taskclf ] || exit 9\nshift\n${taskclf}`],
  ] as const) {
    writeFileSync(join(cwd, 'bin', name), `#!/bin/sh\n${rest}`)
    chmodSync(join(cwd, 'bin', name), 0o755)
  }
  return cwd
}
