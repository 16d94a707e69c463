import type { ModelSelfTest } from '../../../documents/model-self-test.js'
import { renderFields } from '../../../render/table.js'

/** Where it was written, and what its rows show. */
export function text(data: ModelSelfTest): string {
  const { file, model_id, artifact, rows, rows_read, labels, labels_absent } = data
  const all = labels.length + labels_absent.length
  return renderFields([
    ['written', file],
    ['model', `${model_id}, ${artifact}`],
    ['rows', `${rows} of ${rows_read}`],
    ['labels', `${labels.length} of ${all}: ${labels.join(', ')}`],
    ['rejected', data.rejected],
    ['unknown', data.unknown_categories.length === 0 ? 'no column' : data.unknown_categories.join(', ')],
    ['missing', `${data.missing_patterns} patterns`],
    ['tolerance', data.tolerance],
  ])
}
