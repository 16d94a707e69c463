import { chmodSync, lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/**
 * A fresh directory (real path) that is removed when the running test ends, whatever its modes became. A test that runs beside others
 * gives its own `whenDone`.
 */
export function scratchDir(
  prefix = 'taskclf-test-',
  whenDone: (remove: () => void) => void = onTestFinished,
): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), prefix)))
  whenDone(() => remove(dir))
  return dir
}

function remove(dir: string): void {
  makeRemovable(dir)
  rmSync(dir, { recursive: true, force: true })
}

function makeRemovable(path: string): void {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) return
  chmodSync(path, 0o700)
  for (const name of readdirSync(path, { encoding: 'buffer' })) {
    const text = name.toString()
    if (Buffer.from(text).equals(name)) makeRemovable(join(path, text))
  }
}
