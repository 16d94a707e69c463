import { invalidBundle } from '../format/assemble-bundle.js'
import type { Bundle, LocalBundle, LocalInvalidBundle } from '../format/bundle.js'
import type { Problem } from '../format/problems.js'

/** Gives a bundle that was just read its path. It is not copied: a copy of each would take a twelfth of the time of an index. */
export function localBundle(bundle: Bundle, path: string): LocalBundle {
  return Object.assign(bundle, { path })
}

/** What is at a path and is not a bundle, or not one that can be read. */
export function unusableEntry(modelId: string, path: string, problem: Problem): LocalInvalidBundle {
  return { ...invalidBundle({ modelId, location: path }, [problem]), path }
}
