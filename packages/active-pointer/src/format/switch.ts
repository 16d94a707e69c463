import type { ManifestEntry } from '@taskclf/registry-core/format'
import type { ActiveState } from './active-state.js'
import type { HistoryLine } from './history.js'
import type { ActivePointer, PointerReason, PointerSource } from './pointer.js'
import type { UpdateOptions } from './pointer-store.js'
import type { SwitchWarning } from './switch-warning.js'

/** What every switch takes. */
export interface SwitchOptions extends UpdateOptions {
  /** The pointer that the decision was made on, or its `version`: the switch is refused with `conflict` when it has changed since. */
  expected?: string | ActiveState
  /**
   * The revision that the pointer must be at, by this history; 0: there must be no pointer. Compared under the lock. A pointer that another
   * program wrote since, with our keys kept, is at no revision.
   */
  expectedRevision?: number
  /** Who switches, for the audit. */
  actor?: string
  now?: () => Date
}

/** A switch that happened. */
export interface SwitchResult {
  /** Where the switch was made, for people. */
  location: string
  pointer: ActivePointer
  /** The version of the pointer now in place. */
  version: string
  revision: number
  /** The history's line of this switch. */
  line: HistoryLine
  /** The pointer that was replaced. */
  previous: ActiveState
  /** The line that was written first: another program's pointer was adopted, or one of ours whose line was gone has it again (`restored`). */
  adopted?: HistoryLine
  warnings: readonly SwitchWarning[]
}

/** What a switch wants to write. */
export interface SwitchPlan {
  modelId: string
  source: PointerSource
  policyVersion: number
  policyDigest?: string | undefined
  bundleDigest?: string | undefined
  schemaHash?: string | undefined
  targetFiles?: Readonly<Record<string, ManifestEntry>> | undefined
  reason: PointerReason
  withdrawn: readonly string[]
  decision?: unknown
}
