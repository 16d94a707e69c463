import type { RunsCancel } from '../../../documents/runs.js'
import type { Terminal } from '../../../io.js'
import { renderFields } from '../../../render/table.js'

/** How the run stands now. */
export function text({ run_id, status, result }: RunsCancel, _terminal: Terminal): string {
  return renderFields([
    ['run', run_id],
    ['status', status],
    ...(result === 'requested' ? [] : ([['trainer', result]] as [string, string][])),
  ])
}
