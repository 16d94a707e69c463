import type { LocalBundle } from '../format/bundle.js'
import { unusableEntry } from './local-bundle.js'
import { locateLink } from './locate-link.js'
import { readBundleIn } from './read-bundle-in.js'

/** The bundle that a models dir's link stands for; undefined for a link to something that is not a directory. */
export function readLinkedBundle(root: string, path: string, modelId: string): LocalBundle | undefined {
  const read = () => {
    const found = locateLink(root, path)
    if (found.kind === 'file') return undefined
    if (found.kind === 'problem') return unusableEntry(modelId, path, found.problem)
    return readBundleIn({ root: found.root, dir: found.dir, modelId, promoted: true })
  }
  const bundle = read()
  // A volume is replaced as a whole: what was removed under our hands is at another real path by now.
  return bundle?.status === 'invalid' && bundle.problems.some(({ code }) => code === 'vanished')
    ? read()
    : bundle
}
