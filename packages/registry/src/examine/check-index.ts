import { type Check, finding } from './examination.js'
import { indexStanding } from './index-state.js'

const SAID = {
  stale: 'index.json lists other models than are there',
  unusable: 'index.json cannot be read as an index',
}

/** An index that misleads people and the Python project's listing; nothing is decided by it. */
export const checkIndex: Check = ({ layout, bundles }) => {
  const standing = indexStanding(layout, bundles)
  if (standing === 'current' || standing === 'absent') return []
  const advice = 'taskclf index refresh, or taskclf doctor --fix'
  return [finding('note', `index_${standing}`, SAID[standing], advice)]
}
