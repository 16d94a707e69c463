import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isAbsolute, resolve, sep } from 'node:path'
import { messageOf } from '@taskclf/errors'
import type { ConfigFile } from './config-file.js'
import { SettingsError } from './errors.js'

/**
 * The files of the loaders that a configuration names: a path below it, or a package that is installed for it.
 *
 * @throws SettingsError `loader_unusable`.
 */
export function resolveLoaders(
  loaders: Readonly<Record<string, string>>,
  { path, dir }: ConfigFile,
): Record<string, string> {
  const root = realpathSync(dir)
  const fileOf = (loader: string): string => {
    if (!/^\.{1,2}[/\\]/.test(loader) && !isAbsolute(loader)) return createRequire(path).resolve(loader)
    const file = realpathSync(resolve(dir, loader))
    if (!file.startsWith(root.endsWith(sep) ? root : root + sep))
      throw new Error(`it is not below ${root}; move it there`)
    return file
  }
  return Object.fromEntries(
    Object.entries(loaders).map(([artifact, loader]) => {
      try {
        return [artifact, fileOf(loader)]
      } catch (cause) {
        const message = `the loader ${loader} of ${artifact} in ${path} cannot be used: ${messageOf(cause)}`
        throw new SettingsError('loader_unusable', message, { details: { file: path, loader }, cause })
      }
    }),
  )
}
