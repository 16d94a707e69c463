import { readActive, readWithdrawn } from '@taskclf/active-pointer'
import { type Bundle, listBundles, openModelsDir } from '@taskclf/registry-core'
import { DEFAULT_POLICY, type SelectionReport, selectBest } from '@taskclf/selection-policy'
import type { GlobalOptions, Note, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { TrainList } from '../../../documents/train.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { instantText } from '../../../instant.js'
import type { TRAIN_LIST_FLAGS } from './flags.js'

type Row = TrainList['bundles'][number]

/** Reads every bundle and says of each what it measures and whether it may serve. */
export async function run(
  options: OptionsOf<typeof TRAIN_LIST_FLAGS> & GlobalOptions,
  { settings }: Context,
): Promise<Outcome<TrainList>> {
  if (options.all && options.eligible) {
    throw new CliError('usage', '--all and --eligible exclude each other', { hint: 'leave one of them out' })
  }
  const policy = settings.policyIsDefault ? DEFAULT_POLICY : (await settings.policy()).policy
  const requirement = await settings.requirement()
  const root = openModelsDir(settings.modelsDir)
  const active = await readActive(root)
  // The index spares reading what is unchanged; the list is the same without it.
  const bundles = await listBundles(root, { useIndex: true })
  const report = selectBest(bundles, policy, requirement, { withdrawn: await readWithdrawn(root, active) })
  const activeId = active.status === 'valid' ? active.modelId : undefined
  const asked = options['schema-hash']
  const listed = rowsOf(bundles, report, activeId).filter(
    ({ schema_hash }) => asked.length === 0 || (schema_hash !== null && asked.includes(schema_hash)),
  )
  const shown = options.all ? 'all' : options.eligible ? 'eligible' : 'valid'
  const rows = listed.filter(
    (row) => shown === 'all' || (shown === 'eligible' ? row.eligible : row.status === 'valid'),
  )
  const sort = options.sort ?? 'macro_f1'
  return {
    data: { models_dir: root, shown, sort, bundles: sortRows(rows, sort) },
    exitCode: EXIT.done,
    notes: notesOn(listed, rows, shown),
  }
}

function rowsOf(bundles: readonly Bundle[], report: SelectionReport, activeId: string | undefined): Row[] {
  const ranks = new Map(report.ranked.map(({ rank, bundle }) => [bundle, rank]))
  const exclusions = new Map(report.excluded.map((exclusion) => [exclusion.bundle, exclusion]))
  return bundles.map((bundle): Row => {
    const exclusion = exclusions.get(bundle)
    const rank = ranks.get(bundle as (typeof report.ranked)[number]['bundle']) ?? null
    return {
      model_id: bundle.modelId,
      path: bundle.path,
      status: bundle.status,
      ...figuresOf(bundle),
      // Everything directly in the models dir is promoted.
      promoted: true,
      active: bundle.modelId === activeId,
      eligible: rank !== null,
      rank,
      exclusion:
        exclusion === undefined
          ? null
          : {
              model_id: exclusion.modelId,
              stage: exclusion.stage,
              code: exclusion.code,
              reasons: exclusion.reasons.map((reason) => ({ ...reason })),
            },
    }
  })
}

type Figures = Pick<
  Row,
  | 'created_at'
  | 'created_at_utc'
  | 'schema_hash'
  | 'macro_f1'
  | 'weighted_f1'
  | 'breakidle_precision'
  | 'min_class_precision'
  | 'acceptance_pass'
  | 'derived'
>

/** What the documents say; of an invalid bundle nothing is taken but its time and schema, to find it by. */
function figuresOf(bundle: Bundle): Figures {
  if (bundle.status === 'valid') {
    const { metadata, metrics, createdAt, derived } = bundle
    return {
      created_at: createdAt.raw,
      created_at_utc: instantText(createdAt.epochMicros),
      schema_hash: metadata.schema_hash,
      macro_f1: metrics.macro_f1,
      weighted_f1: metrics.weighted_f1,
      breakidle_precision: metrics.breakidle_precision ?? null,
      min_class_precision: metrics.min_class_precision ?? null,
      acceptance_pass: metrics.acceptance_pass ?? null,
      derived: [...derived.metrics],
    }
  }
  const { metadata, createdAt } = bundle.partial
  const hash = (metadata as { schema_hash?: unknown } | null | undefined)?.schema_hash
  return {
    created_at: createdAt?.raw ?? null,
    created_at_utc: createdAt === undefined ? null : instantText(createdAt.epochMicros),
    schema_hash: typeof hash === 'string' ? hash : null,
    macro_f1: null,
    weighted_f1: null,
    breakidle_precision: null,
    min_class_precision: null,
    acceptance_pass: null,
    derived: [],
  }
}

function sortRows(rows: readonly Row[], by: string): Row[] {
  const keys = [...new Set([by, 'macro_f1', 'weighted_f1', 'created_at'])].map(
    (key) => (key === 'created_at' ? 'created_at_utc' : key) as 'macro_f1' | 'weighted_f1' | 'created_at_utc',
  )
  return [...rows].sort((a, b) => {
    for (const key of keys) {
      const [x, y] = [a[key], b[key]]
      if (x === y) continue
      if (x === null || y === null) return x === null ? 1 : -1
      return x > y ? -1 : 1
    }
    return a.model_id < b.model_id ? -1 : 1
  })
}

function notesOn(listed: readonly Row[], rows: readonly Row[], shown: TrainList['shown']): Note[] {
  const invalid = listed.filter(({ status }) => status === 'invalid').length
  const notes: Note[] = []
  if (listed.length === 0)
    notes.push({ level: 'note', code: 'no_bundles', message: 'there are no bundles to list' })
  else if (rows.length === 0) {
    const message = 'no bundle may be shown; --all lists every bundle with the reason against it'
    notes.push({ level: 'note', code: 'none_shown', message })
  }
  if (invalid > 0 && shown === 'valid') {
    const what = invalid === 1 ? '1 invalid bundle is' : `${invalid} invalid bundles are`
    notes.push({ level: 'warning', code: 'invalid_bundles', message: `${what} not shown; --all shows why` })
  }
  return notes
}
