import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Something below a bundle's directory. */
export interface TreeEntry {
  /** Path inside the bundle, with `/` between parts. */
  name: string
  /** The directory that it is in, as a path. */
  parent: string
  entry: Dirent
}

/** Everything below a directory that is not hidden, in no order. Links are not entered. */
export function* walkTree(
  dir: string,
  onFailure: (inner: string, error: unknown) => void,
): Generator<TreeEntry, void, undefined> {
  const pending = ['']
  for (let inner = pending.pop(); inner !== undefined; inner = pending.pop()) {
    const parent = inner === '' ? dir : join(dir, inner)
    for (const entry of entriesOf(parent, inner, onFailure)) {
      if (entry.name.startsWith('.')) continue
      const name = inner === '' ? entry.name : `${inner}/${entry.name}`
      if (entry.isDirectory()) pending.push(name)
      yield { name, parent, entry }
    }
  }
}

function entriesOf(dir: string, inner: string, onFailure: (inner: string, error: unknown) => void): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
  } catch (error) {
    onFailure(inner, error)
    return []
  }
}
