import type { ActiveState } from './active-state.js'
import type { HistoryLine } from './history.js'
import type { ModelsDirName } from './model-dir.js'
import type { ActivePointer } from './pointer.js'
import type { SwitchWarning } from './switch-warning.js'

type Warnings = readonly SwitchWarning[]

/** What was odd about a switch that was made. */
export function warningsOf(active: ActiveState, named: ModelsDirName, line: HistoryLine): Warnings {
  return [...corrupt(active), ...renamed(named, active), ...changed(active, line.new), ...untried(line)]
}

function corrupt(active: ActiveState): Warnings {
  if (active.status !== 'corrupt') return []
  const message = 'active.json was corrupt; what it held is kept in the history line of this switch'
  return [{ code: 'corrupt_pointer_replaced', message }]
}

/** Another program follows the name that it wrote itself; under the one written now it may find nothing. */
function renamed({ name, instead }: ModelsDirName, active: ActiveState): Warnings {
  const isOurs = active.status === 'valid' && active.pointer.write_id !== undefined
  if (instead === undefined || isOurs) return []
  const message = `another program calls this models dir ${JSON.stringify(instead)}, the pointer now says ${JSON.stringify(name)}; give taskclf the path that it has`
  return [{ code: 'models_dir_renamed', message }]
}

/** The bundle is no longer what was active under its name. */
function changed(active: ActiveState, { model_id, bundle_digest }: ActivePointer): Warnings {
  const before =
    active.status === 'valid' && active.modelId === model_id ? active.pointer.bundle_digest : undefined
  if (before === undefined || bundle_digest === undefined || before === bundle_digest) return []
  const message = `${model_id} is no longer what was activated (${before}); the pointer now records ${bundle_digest}`
  return [{ code: 'digest_changed', message }]
}

/** A model that nothing could load serves all the same, by somebody's word. */
function untried({ new: { model_id }, decision }: HistoryLine): Warnings {
  const { checks } = (decision ?? {}) as { checks?: { status?: unknown } }
  if (checks?.status !== 'not_checked') return []
  return [{ code: 'not_checked', message: `${model_id} was not tried: nothing here can load it` }]
}
