import type { IndexRefresh } from '../../../documents/registry-index.js'
import type { Terminal } from '../../../io.js'
import { renderFields } from '../../../render/table.js'

/** What the index holds now. */
export function text({ file, bundles, eligible, excluded, best }: IndexRefresh, _terminal: Terminal): string {
  return renderFields([
    ['written', file],
    ['bundles', bundles],
    ['eligible', eligible],
    ['excluded', excluded],
    ['best', best],
  ])
}
