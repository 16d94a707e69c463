import type { ActivePointerError, ActiveState, History } from '@taskclf/active-pointer'
import type { ActiveLook } from '@taskclf/infer-resolver'
import type { LocalBundle, ModelsDirLook } from '@taskclf/registry-core'
import type { RunRecord, RunsError } from '@taskclf/runs'
import type { SelectionReport } from '@taskclf/selection-policy'
import type { TriedBundles } from './try-bundles.js'

/** Something about a registry that would surprise somebody. */
export interface Finding {
  level: 'error' | 'warning' | 'note'
  code: string
  message: string
  /** What to do about it. */
  advice: string
  /** The models it is about, where there are any. */
  models?: string[]
  /** Who lacks something, where the finding is about that: the policy that chooses, the Python project, or `taskclf infer`. */
  consumer?: 'policy' | 'python' | 'infer'
}

/** Everything that the checks look at, read once. */
export interface Examination {
  layout: ModelsDirLook
  bundles: readonly LocalBundle[]
  active: ActiveState
  /** The state that the pointer and its model are in; one that nobody can tell is no matter of a check. */
  look: Exclude<ActiveLook, { state: 'unknown' }>
  history: History
  /** The error where the history cannot be read; `history` is empty then. */
  historyError?: ActivePointerError
  report: SelectionReport
  tried: TriedBundles
  runsDir: string
  /** The error where they cannot be read. */
  runs: readonly RunRecord[] | RunsError
  /** The Python project reads or writes this models dir, as far as anything there or in the settings tells. */
  pythonInUse: boolean
}

/** One check: looks, and changes nothing. */
export type Check = (examination: Examination) => Finding[]

/** A finding, with the models it is about where there are any. */
export function finding(
  level: Finding['level'],
  code: string,
  message: string,
  advice: string,
  models: readonly string[] = [],
): Finding {
  return { level, code, message, advice, ...(models.length > 0 && { models: [...models] }) }
}

/** `1 model`, `3 models`. */
export function count(n: number, what: string, several = `${what}s`): string {
  return `${n} ${n === 1 ? what : several}`
}
