import type { History } from '@taskclf/active-pointer'
import type { Predictor } from '@taskclf/predictor'
import type { Requirement } from '@taskclf/selection-policy'
import type { Note } from '../../command.js'

/** Findings of a library as warnings on standard error. */
export function warningNotes(warnings: readonly { code: string; message: string }[]): Note[] {
  return warnings.map(({ code, message }) => ({ level: 'warning', code, message }))
}

/** What is odd about a history; of lines without a digest nothing is wrong. */
export function historyNotes({ problems, warnings }: Pick<History, 'problems' | 'warnings'>): Note[] {
  return [
    ...warningNotes(problems),
    ...warnings.map(
      ({ code, message }): Note => ({
        level: code === 'history_unchained' ? 'note' : 'warning',
        code,
        message,
      }),
    ),
  ]
}

/** What a predictor had to assume. */
export function predictorNotes({ notes }: Predictor): Note[] {
  return notes.map(({ code, message }) => ({ level: 'note', code, message }))
}

/** Said aloud wherever a model is chosen: nothing keeps a model of other features from being taken. */
export function restrictionNotes(requirement: Requirement): Note[] {
  if (requirement.schemas !== undefined) return []
  const message = 'no schema hash restricts the choice; give --schema-hash or --feature-schema'
  return [{ level: 'note', code: 'no_schema_hash', message }]
}
