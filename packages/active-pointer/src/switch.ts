import type { FileSystem, LockOptions } from '@taskclf/durable-fs'
import type { ManifestEntry, ModelsDirLook } from '@taskclf/registry-core'
import type { HistoryLine } from './history.js'
import type { ActivePointer, PointerReason, PointerSource } from './pointer.js'
import type { ActiveState } from './read-active.js'

/** What every switch takes. */
export interface SwitchOptions {
  /** The `version` read before deciding: the switch is refused with `conflict` when the pointer has changed since. */
  expected?: string
  /**
   * The revision that the pointer must be at, by this history; 0: there must be no pointer. Compared under the lock. A pointer that another
   * program wrote since, with our keys kept, is at no revision.
   */
  expectedRevision?: number
  /** Who switches, for the audit. */
  actor?: string
  now?: () => Date
  lock?: Pick<LockOptions, 'timeoutMs' | 'staleAfterMs'>
  /** The file operations, for other stores and for faults put in on purpose. */
  fileSystem?: FileSystem
}

/** A switch that happened. */
export interface SwitchResult {
  /** Where the switch was made. */
  modelsDir: ModelsDirLook
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
  warnings: readonly {
    code:
      | 'lock_broken'
      | 'lock_not_released'
      | 'corrupt_pointer_replaced'
      | 'models_dir_renamed'
      | 'unconfirmed_revision'
      | 'digest_changed'
      | 'not_checked'
    message: string
  }[]
}

/** What is known when the lock is held. */
export interface SwitchContext {
  dir: ModelsDirLook
  active: ActiveState
  /** The line that accounts for the pointer, where there is one. */
  line: HistoryLine | undefined
  withdrawn: readonly string[]
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
