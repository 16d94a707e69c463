import { type ModelInspect, toInspectJson } from '@taskclf/documents'
import { readImportances } from '@taskclf/predictor'
import { boundText, valueText } from '@taskclf/registry'
import { shortInstant } from '@taskclf/registry-core'
import { escapeText, figure, painter, renderFields, renderTable, type Terminal } from '@taskclf/terminal'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'
import { assumedOf } from '../../shared/assumed.js'
import { loadersOf } from '../../shared/checks.js'
import { findModel } from '../../shared/find-model.js'
import { registryOf } from '../../shared/open-registry.js'
import type { modelInspect } from './command.js'
import { importanceText } from './importance-text.js'

/** One bundle, and how it does by itself. */
export async function run(
  options: OptionsFor<typeof modelInspect>,
  context: Context,
): Promise<Outcome<ModelInspect>> {
  const registry = await registryOf(context, { readOnly: true })
  const { modelId, notes } = await findModel(registry, options.words[0] ?? '')
  const inspection = await registry.inspect(modelId)
  const { bundle } = inspection
  const local = bundle.status === 'valid' ? (await registry.fetch(bundle)).bundle : undefined
  const assumed = local === undefined ? [] : await assumedOf(local, context.settings)
  const importance =
    local === undefined || !options.importance
      ? null
      : await readImportances(local, { loaders: await loadersOf(context.settings) })
  const data = toInspectJson(inspection, assumed, importance)
  return { data, exitCode: bundle.status === 'valid' ? EXIT.done : EXIT.no, notes }
}

type Fields = Record<string, unknown>

/** One model: what it is, what it measures, how it does at each gate, what is wrong with it. */
export function text(data: ModelInspect, terminal: Terminal): string {
  const paint = painter(terminal)
  const section = (title: string, body: string) => (body === '' ? [] : [`${paint.bold(title)}\n${body}`])
  return [
    renderFields(identity(data)),
    ...section('Metrics', renderFields(figures(data))),
    ...section('Classes', classTable(data, terminal)),
    ...section('Importance', importanceText(data, terminal)),
    ...section('Gates', gateTable(data, terminal)),
    ...section('Not eligible', lines(data.reasons.map(({ stage, message }) => `${stage}: ${message}`))),
    ...section('Problems', lines(data.problems.map(located))),
    ...section('Warnings', lines(data.warnings.map(located))),
    ...section('Assumed', lines(data.assumed.map(({ code, message }) => `${message} [${code}]`))),
  ].join('\n')
}

function identity(data: ModelInspect): [string, string | number | boolean | null][] {
  const metadata = objectOf(data.metadata)
  const stated = [
    'description',
    'tags',
    'task',
    'source',
    'schema_hash',
    'schema_version',
    'label_set',
    'train_range',
    'params_hash',
    'dataset_hash',
    'git_commit',
    'reject_threshold',
    'reject_label',
    'data_provenance',
  ]
  return [
    ['model_id', data.model_id],
    ['path', data.path],
    ['status', data.status],
    ['active', data.active],
    ['eligible', data.eligible],
    ['created_at', shortInstant(data.created_at_utc)],
    ...stated.flatMap((key): [string, string][] => {
      const value = metadata[key]
      return value === undefined || value === null
        ? []
        : [[key, valueText(value) + mark(key, data.derived.metadata)]]
    }),
    ['artifacts', data.artifacts.join(', ')],
    ['manifest', data.manifest],
  ]
}

const FIRST = [
  'macro_f1',
  'weighted_f1',
  'breakidle_precision',
  'min_class_precision',
  'acceptance_pass',
  'eval_dataset_id',
]
/** Shown as a table. */
const CLASSES = 'per_class'

/** Those that the contract knows, then every other number, wherever it is. */
function figures(data: ModelInspect): [string, string | undefined][] {
  const metrics = objectOf(data.metrics)
  const known = FIRST.filter((name) => metrics[name] !== undefined)
  const others = Object.entries(metrics).filter(([key]) => key !== CLASSES && !known.includes(key))
  const all = [...known.map((name): [string, unknown] => [name, metrics[name]]), ...numbersIn(others, '')]
  return all.map(([name, value]) => {
    const said = typeof value === 'number' ? (figure(value) ?? '') : valueText(value)
    return [name, said + mark(name, data.derived.metrics)]
  })
}

function numbersIn(entries: readonly (readonly [string, unknown])[], below: string): [string, number][] {
  return entries.flatMap(([key, value]): [string, number][] =>
    typeof value === 'number'
      ? [[below + key, value]]
      : numbersIn(Object.entries(objectOf(value)), `${below}${key}.`),
  )
}

function classTable(data: ModelInspect, terminal: Terminal): string {
  const rows = Object.entries(objectOf(objectOf(data.metrics).per_class)).map(([label, of]) => ({
    label,
    of: objectOf(of),
  }))
  if (rows.length === 0) return ''
  const numbers = ['precision', 'recall', 'f1'] as const
  return renderTable(
    rows,
    [
      { name: 'label', cell: (row) => row.label, cut: { min: 16, where: 'middle' } },
      ...numbers.map((name) => ({
        name,
        cell: (row: (typeof rows)[number]) => figure(row.of[name]),
        align: 'right' as const,
      })),
      { name: 'support', cell: (row) => valueText(row.of.support), align: 'right' },
    ],
    terminal,
  )
}

function gateTable({ gates }: ModelInspect, terminal: Terminal): string {
  if (gates.length === 0) return ''
  return renderTable(
    gates,
    [
      { name: 'metric', cell: (gate) => gate.metric, cut: { min: 20, where: 'middle' } },
      {
        name: 'value',
        cell: (gate) => (gate.value === undefined ? undefined : valueText(gate.value)),
        align: 'right',
      },
      { name: 'bound', cell: boundText },
      { name: 'passed', cell: (gate) => gate.passed },
      { name: 'short_by', cell: (gate) => gate.shortfall, align: 'right' },
      { name: 'code', cell: (gate) => gate.code },
    ],
    terminal,
  )
}

function located({
  code,
  file,
  at,
  message,
}: {
  code: string
  file: string
  at?: string | undefined
  message: string
}): string {
  const where = [file, at].filter((part) => part).join(' ')
  return where === '' ? `${message} [${code}]` : `${where}: ${message} [${code}]`
}

const lines = (texts: readonly string[]) => texts.map((text) => `${escapeText(text)}\n`).join('')
const mark = (name: string, derived: readonly string[]) => (derived.includes(name) ? ' (derived)' : '')
const objectOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
