import type { WithdrawResult } from '@taskclf/active-pointer'
import type { ModelWithdraw } from '@taskclf/documents'
import { renderFields } from '@taskclf/terminal'
import type { Note } from '../../command.js'
import { switchNotes } from './switch-notes.js'

/** What a withdrawal or a readmission did, for people. */
export function withdrawText({
  model_id,
  changed,
  active_model_id,
  revision,
  withdrawn,
}: ModelWithdraw): string {
  const written = changed
    ? ([
        ['active', active_model_id],
        ['revision', revision],
      ] as const)
    : []
  return renderFields([['model', model_id], ...written, ['withdrawn', withdrawn.join(', ')]])
}

/** What else happened on the way; where nothing was written, that. */
export async function withdrawNotes(result: WithdrawResult, unchanged: string): Promise<Note[]> {
  return result.changed ? switchNotes(result) : [{ level: 'note', code: 'unchanged', message: unchanged }]
}
