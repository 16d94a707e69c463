import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What the file system says of a bundle's files without reading them: name, inode, size, both times in nanoseconds.
 * If it is unchanged, so are the contents; if it changed, the contents must be looked at. '' when it cannot be said.
 */
export function fingerprintBundle(dir: string): string {
  try {
    return readdirSync(dir)
      .sort()
      .map((name) => {
        const { ino, size, mtimeNs, ctimeNs } = statSync(join(dir, name), { bigint: true })
        return `${name}:${ino}:${size}:${mtimeNs}:${ctimeNs}`
      })
      .join('\n')
  } catch {
    return ''
  }
}
