import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The version of this package. */
export function ownVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))
  const { version } = manifest as { version: string }
  return version
}
