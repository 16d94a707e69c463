import { dirname, join, resolve } from 'node:path'
import { readSmallFile } from '@taskclf/durable-fs'
import type { Config } from './config-schema.js'
import { SettingsError } from './errors.js'

/** The name looked for upward from the working directory. */
export const CONFIG_NAME = 'taskclf.config.json'

const MAX_BYTES = 1 << 20

/** A configuration and where it is; its relative paths start from there. */
export interface ConfigFile {
  path: string
  dir: string
  config: Config
  /** Whether it was named, in place of being found. */
  isNamed: boolean
}

/** The configuration given outright, or the nearest one upward, or undefined. */
export async function findConfig(cwd: string, given: string | undefined): Promise<ConfigFile | undefined> {
  if (given !== undefined) {
    const path = resolve(cwd, given)
    const file = readSmallFile(path, { maxBytes: MAX_BYTES })
    if (file.ok) return parse(path, file.bytes, true)
    const code = file.reason === 'unreadable' ? 'file_unreadable' : 'config_missing'
    throw new SettingsError(code, file.message, {
      hint: 'give --config the path of a configuration',
      cause: file.cause,
    })
  }
  for (let dir = resolve(cwd); ; dir = dirname(dir)) {
    const path = join(dir, CONFIG_NAME)
    const file = readSmallFile(path, { maxBytes: MAX_BYTES })
    if (file.ok) return parse(path, file.bytes, false)
    if (file.reason !== 'missing' && file.reason !== 'vanished') {
      throw new SettingsError('file_unreadable', file.message, {
        hint: 'make it readable, or give --config',
        cause: file.cause,
      })
    }
    if (dirname(dir) === dir) return undefined
  }
}

async function parse(path: string, bytes: Uint8Array, isNamed: boolean): Promise<ConfigFile> {
  // Loaded only where there is a configuration: most runs have none.
  const { parseConfig } = await import('./parse-config.js')
  return { path, dir: dirname(path), config: parseConfig(path, bytes), isNamed }
}
