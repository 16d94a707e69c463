import type { InferBatch } from '../../../documents/infer-batch.js'
import type { Terminal } from '../../../io.js'
import { renderFields, renderTable } from '../../../render/table.js'
import { standsInText } from '../shared/degraded.js'

/** Standard output is for rows alone. */
export function text(): string {
  return ''
}

/** Which model, how many of each label, how right. */
export function summary(data: InferBatch, terminal: Terminal): string {
  const { model_id: model, revision, source, degraded, rows, labels, rejected, accuracy } = data
  const threshold = data.reject_threshold === null ? 'no threshold' : `below ${data.reject_threshold}`
  const fields = renderFields([
    ['model', model],
    ['source', revision === null ? source : `${source}, revision ${revision}`],
    ...(degraded === null ? [] : [['stands in', standsInText(degraded)] as [string, string]]),
    ['output', data.output],
    ['rows', `${rows.toLocaleString('en')}, ${data.rows_per_second.toLocaleString('en')} rows/s`],
    ['rejected', `${rejected} (${percent(data.reject_rate)}, ${threshold})`],
    ...data.unknown_categories.map(({ column, rows: count }): [string, string] => [
      'unknown',
      `${count} rows in ${column}`,
    ]),
    ...accuracyFields(accuracy),
  ])
  const counts = renderTable(
    labels,
    [
      { name: 'label', cell: ({ label }) => label, cut: { min: 8, where: 'middle' } },
      { name: 'rows', cell: (each) => each.rows, align: 'right' },
      { name: 'share', cell: (each) => percent(rows === 0 ? 0 : each.rows / rows), align: 'right' },
    ],
    terminal,
  )
  return `${fields}\n${counts}${accuracy === null ? '' : `\n${confusionText(accuracy.confusion, terminal)}`}`
}

type Accuracy = NonNullable<InferBatch['accuracy']>

function accuracyFields(accuracy: Accuracy | null): [string, string][] {
  if (accuracy === null) return []
  const { correct, rows, accepted_accuracy: accepted, accepted_rows: acceptedRows } = accuracy
  return [
    ['accuracy', `${ratio(accuracy.accuracy)} (${correct} of ${rows} by ${accuracy.label_column})`],
    ['accepted', `${ratio(accepted)} of the ${acceptedRows} that were not rejected`],
  ]
}

function confusionText(
  { true_labels: names, predicted_labels, matrix }: Accuracy['confusion'],
  terminal: Terminal,
) {
  const rows = names.map((name, i) => ({ name, counts: matrix[i] as number[] }))
  const columns = predicted_labels.map((name, i) => ({
    name,
    cell: (row: (typeof rows)[number]) => row.counts[i],
    align: 'right' as const,
  }))
  return renderTable(rows, [{ name: 'true \\ predicted', cell: (row) => row.name }, ...columns], terminal)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

function ratio(share: number | null): string {
  return share === null ? '-' : share.toFixed(4)
}
