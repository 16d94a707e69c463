import { statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { ModelsDirName } from '../format/model-dir.js'
import type { ActivePointer } from '../format/pointer.js'

/**
 * The name that precedes the id in `model_dir`. A program that follows it (the Python project) starts beside the models
 * dir as it sees it, so it is the name as given, not that of the directory a link leads to. The pointer's own name stays
 * where it leads to the same directory.
 *
 * @param given the path as given, absolute
 */
export function modelsDirName(given: string, pointer: ActivePointer | undefined): ModelsDirName {
  const name = basename(given)
  const known = pointer && leadingSegment(pointer.model_dir)
  if (known === undefined || known === name) return { name }
  return isSameDirectory(given, join(dirname(given), known)) ? { name: known } : { name, instead: known }
}

function leadingSegment(modelDir: string): string | undefined {
  const segments = modelDir.split(/[/\\]/)
  return segments.length === 2 ? segments[0] : undefined
}

function isSameDirectory(one: string, other: string): boolean {
  try {
    const [a, b] = [statSync(one), statSync(other)]
    return a.dev === b.dev && a.ino === b.ino
  } catch {
    // Nothing there, or nothing that can be looked at: no name of this directory.
    return false
  }
}
