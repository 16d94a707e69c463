import type { InferBatch } from '@taskclf/documents'
import { figure, renderFields, renderTable, type Terminal } from '@taskclf/terminal'
import { standsInText } from '../shared/stands-in.js'

type Field = [name: string, value: string | number]

/** Which model, how many of each label or of what range the values, how right. */
export function summary(data: InferBatch, terminal: Terminal): string {
  const { model_id: model, revision, source, degraded, rows, labels, accuracy } = data
  const fields = renderFields([
    ['model', model],
    ['source', revision === null ? source : `${source}, revision ${revision}`],
    ...(degraded === null ? [] : [['serves', standsInText(degraded)] as Field]),
    ['output', data.output],
    ['rows', `${rows.toLocaleString('en')}, ${data.rows_per_second.toLocaleString('en')} rows/s`],
    ...rejectedFields(data),
    ...data.unknown_categories.map(
      ({ column, rows: count }): Field => ['unknown', `${count} rows in ${column}`],
    ),
    ...valueFields(data),
    ...accuracyFields(accuracy),
  ])
  if (labels.length === 0) return fields
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

/** Only a classifier rejects. */
function rejectedFields({ task, rejected, reject_rate, reject_threshold }: InferBatch): Field[] {
  if (task !== 'classification') return []
  const threshold = reject_threshold === null ? 'no threshold' : `below ${reject_threshold}`
  return [['rejected', `${rejected} (${percent(reject_rate)}, ${threshold})`]]
}

function valueFields({ values, regression }: InferBatch): Field[] {
  const range: Field[] =
    values === null
      ? []
      : [['values', `${figure(values.min)} to ${figure(values.max)}, mean ${figure(values.mean)}`]]
  if (regression === null) return range
  const { rows, label_column, rmse, mae, r2 } = regression
  return [
    ...range,
    ['rmse', `${figure(rmse) ?? '-'} (${rows} rows by ${label_column})`],
    ['mae', figure(mae) ?? '-'],
    ['r2', figure(r2) ?? '-'],
  ]
}

type Accuracy = NonNullable<InferBatch['accuracy']>

function accuracyFields(accuracy: Accuracy | null): Field[] {
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
