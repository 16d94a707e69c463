import { spawnSync } from 'node:child_process'
import { openRig, pathWith, RIGS } from '../../../scripts/rig.mjs'

/**
 * Why a program of the machine cannot be used here; undefined when it runs. For `skip(reason)`: a skipped test is
 * counted with its reason, and fails the run where rigs are required.
 *
 * @example
 * it('survives a failing disk', ({ skip }) => {
 *   const reason = lacking('strace', ['-f', '-o', '/dev/null', 'true'])
 *   if (reason) skip(reason)
 * })
 */
export function lacking(program: string, args: string[]): string | undefined {
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 10_000 })
  if (status === 0) return undefined
  return `${program} does not run here: ${error?.message ?? stderr.trim()}`
}

/** Why no page can be opened here. */
export function lackingChromium(): string | undefined {
  const { why } = openRig(RIGS.chromium)
  return why === undefined ? undefined : `rig chromium: ${why}`
}

/** Why system calls cannot be made to fail here; where the rig has strace, it is found from now on. */
export function lackingStrace(): string | undefined {
  const { dir, why } = openRig(RIGS.strace)
  if (dir !== undefined) process.env.PATH = pathWith(dir)
  return why === undefined ? undefined : `rig strace: ${why}`
}
