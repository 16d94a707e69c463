import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ConfigFile } from './config-file.js'
import { SettingsError } from './errors.js'

/** Write permission of group or others. */
const MODE_OTHERS_WRITE = 0o022

/**
 * Refuses a configuration whose code would be run: one that somebody else may write, or that was only found in a directory above.
 *
 * @param what what would be taken from it, for people: `the loaders`
 * @throws SettingsError `usage`, which names the file.
 */
export function requireTrusted({ path, dir, isNamed }: ConfigFile, cwd: string, what: string): void {
  if (!isNamed && dir !== resolve(cwd)) {
    const hint = `name it with --config ${path}, or start in its directory`
    throw refused(`${path} is in a directory above, so ${what} in it are not used`, hint, path)
  }
  const { uid, mode } = statSync(path)
  const own = process.getuid?.()
  if (own === undefined) return
  if (uid !== own && uid !== 0) {
    const hint = 'copy it, or have it belong to you or to root'
    throw refused(`${path} belongs to another user, so ${what} in it are not used`, hint, path)
  }
  if ((mode & MODE_OTHERS_WRITE) !== 0) {
    const hint = `chmod go-w ${path}`
    throw refused(`${path} may be written by others, so ${what} in it are not used`, hint, path)
  }
}

function refused(message: string, hint: string, file: string): SettingsError {
  return new SettingsError('usage', message, { hint, details: { file } })
}
