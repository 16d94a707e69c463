import { type ActiveState, readActive, readHistory } from '@taskclf/active-pointer'
import type { ModelsDirLook } from '@taskclf/registry-core'
import { CliError } from '../../errors.js'

/** What the user says the pointer is. */
export interface Expectation {
  'expect-revision': number | undefined
  'expect-version': string | undefined
}

/**
 * The version to compare and swap on, or undefined when nothing is expected. A revision is only believed of a pointer
 * that our history accounts for: another program may have kept our keys while it wrote something else.
 *
 * @throws CliError `conflict` when the pointer is not the expected one.
 */
export async function expectedVersion(
  modelsDir: ModelsDirLook,
  expected: Expectation,
): Promise<string | undefined> {
  const { 'expect-revision': revision, 'expect-version': version } = expected
  if (revision === undefined) return version
  const state = await readActive(modelsDir)
  if (version !== undefined && version !== state.version) throw conflict(state, `version ${version}`)
  if (revision === 0 && state.status === 'absent') return state.version
  if (state.status !== 'valid' || state.pointer.revision !== revision)
    throw conflict(state, `revision ${revision}`)
  const { warnings } = await readHistory(modelsDir)
  if (warnings.some(({ code }) => code === 'pointer_not_in_history')) {
    throw conflict(state, `revision ${revision} as this history knows it`)
  }
  return state.version
}

function conflict(state: ActiveState, expected: string): CliError {
  const message = `the pointer is not at ${expected}: ${found(state)}; nothing was switched`
  return new CliError('conflict', message, {
    hint: `look with taskclf model history, then decide again; --expect-version ${state.version} names what is there now`,
    details: {
      status: state.status,
      pointer_version: state.version,
      ...(state.status === 'valid' && { model_id: state.modelId, revision: state.pointer.revision ?? null }),
    },
  })
}

function found(state: ActiveState): string {
  if (state.status === 'absent') return 'there is no active.json'
  if (state.status === 'corrupt') return 'active.json is not readable'
  const { revision } = state.pointer
  const at = revision === undefined ? 'without a revision' : `with revision ${revision}`
  return `it names ${state.modelId} ${at}`
}
