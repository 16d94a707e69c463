import type { ModelSwitch } from '@taskclf/documents'
import { escapeText, renderFields, type Terminal } from '@taskclf/terminal'

/** What a switch did, for people. */
export function text(data: ModelSwitch, _terminal: Terminal): string {
  const { previous, forced, passed_over: passedOver, withdrawn } = data
  const before = previous.revision === null ? '' : ` (revision ${previous.revision})`
  const lines = [
    ...forced.map(({ message }) => `forced past: ${message}`),
    ...passedOver.map(
      ({ model_id, revision, why }) => `passed over: ${model_id} (revision ${revision ?? '-'}): ${why}`,
    ),
  ]
  const fields = renderFields([
    ['active', data.model_id],
    ['revision', data.revision],
    ['source', data.source],
    ['before', previous.model_id === null ? previous.status : `${previous.model_id}${before}`],
    ['withdrawn', withdrawn.join(', ')],
  ])
  return fields + lines.map((line) => `${escapeText(line)}\n`).join('')
}
