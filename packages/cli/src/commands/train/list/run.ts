import { readActive, readWithdrawn } from '@taskclf/active-pointer'
import {
  type Bundle,
  instantText,
  lookAtModelsDir,
  type ModelsDirLook,
  scanBundles,
} from '@taskclf/registry-core'
import { DEFAULT_POLICY, type SelectionReport, selectBest } from '@taskclf/selection-policy'
import type { GlobalOptions, Note, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { TrainList } from '../../../documents/train.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { Rows } from '../../../rows.js'
import type { TRAIN_LIST_FLAGS } from './flags.js'
import { slimmer } from './slim-bundle.js'
import { sortBundles } from './sort-bundles.js'
import type { TrainListData } from './text.js'

export { text } from './text.js'

type Row = TrainList['bundles'][number]

/** Reads every bundle and says of each what it measures and whether it may serve. */
export async function run(
  options: OptionsOf<typeof TRAIN_LIST_FLAGS> & GlobalOptions,
  { settings, progress }: Context,
): Promise<Outcome<TrainListData>> {
  if (options.all && options.eligible) {
    throw new CliError('usage', '--all and --eligible exclude each other', { hint: 'leave one of them out' })
  }
  const policy = settings.policyIsDefault ? DEFAULT_POLICY : (await settings.policy()).policy
  const requirement = await settings.requirement()
  const modelsDir = lookAtModelsDir(settings.modelsDir)
  const active = await readActive(modelsDir)
  const withdrawn = await readWithdrawn(modelsDir, active)
  const judge: Judge = (bundles) => selectBest(bundles, policy, requirement, { withdrawn })
  const listed = await readSlim(modelsDir, slimmer(policy), options['schema-hash'], progress)
  const places = placesOf(listed, judge)
  const shown = options.all ? 'all' : options.eligible ? 'eligible' : 'valid'
  const bundles = listed.filter(
    (bundle) =>
      shown === 'all' || (shown === 'eligible' ? places.ranks.has(bundle) : bundle.status === 'valid'),
  )
  const sort = options.sort ?? 'macro_f1'
  const activeId = active.status === 'valid' ? active.modelId : undefined
  const sorted = sortBundles(bundles, sort)
  const rows = new Rows(sorted.length, (i) => rowOf(sorted[i] as Bundle, places, activeId))
  return {
    data: { models_dir: modelsDir.root, shown, sort, bundles: rows },
    exitCode: EXIT.done,
    notes: [...notesOn(listed, bundles.length, shown), ...oddNotes(bundles)],
  }
}

/** The index spares reading what is unchanged; the list is the same without it. */
async function readSlim(
  modelsDir: ModelsDirLook,
  slim: (bundle: Bundle) => Bundle,
  hashes: readonly string[],
  progress: Context['progress'],
): Promise<Bundle[]> {
  const bundles: Bundle[] = []
  let read = 0
  for await (const bundle of scanBundles(modelsDir, { useIndex: true })) {
    if (++read % 1000 === 0) progress.update(`${read.toLocaleString('en')} bundles read …`)
    const hash = schemaHashOf(bundle)
    if (hashes.length === 0 || (hash !== null && hashes.includes(hash))) bundles.push(slim(bundle))
  }
  return bundles
}

type Judge = (bundles: readonly Bundle[]) => SelectionReport

/** Where each bundle stands; what speaks against a bundle by itself is found anew when it is asked for. */
interface Places {
  ranks: ReadonlyMap<Bundle, number>
  exclusionOf(bundle: Bundle): SelectionReport['excluded'][number] | undefined
}

function placesOf(bundles: readonly Bundle[], judge: Judge): Places {
  const eligible = judge(bundles.filter((bundle) => judge([bundle]).best !== undefined))
  const ranks = new Map<Bundle, number>(eligible.ranked.map(({ rank, bundle }) => [bundle, rank]))
  const superseded = new Map(eligible.excluded.map((exclusion) => [exclusion.bundle, exclusion]))
  return {
    ranks,
    exclusionOf: (bundle) =>
      ranks.has(bundle) ? undefined : (superseded.get(bundle) ?? judge([bundle]).excluded[0]),
  }
}

function rowOf(bundle: Bundle, places: Places, activeId: string | undefined): Row {
  const rank = places.ranks.get(bundle) ?? null
  const exclusion = places.exclusionOf(bundle)
  return {
    model_id: bundle.modelId,
    path: bundle.location,
    status: bundle.status,
    ...figuresOf(bundle),
    // Everything directly in the models dir is promoted.
    promoted: true,
    active: bundle.modelId === activeId,
    warnings: bundle.status === 'valid' ? bundle.warnings.map((warning) => ({ ...warning })) : [],
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
      schema_hash: metadata.schema_hash ?? null,
      macro_f1: metrics.macro_f1 ?? null,
      weighted_f1: metrics.weighted_f1 ?? null,
      breakidle_precision: metrics.breakidle_precision ?? null,
      min_class_precision: metrics.min_class_precision ?? null,
      acceptance_pass: metrics.acceptance_pass ?? null,
      derived: [...derived.metrics],
    }
  }
  const { createdAt } = bundle.partial
  return {
    created_at: createdAt?.raw ?? null,
    created_at_utc: createdAt === undefined ? null : instantText(createdAt.epochMicros),
    schema_hash: schemaHashOf(bundle),
    macro_f1: null,
    weighted_f1: null,
    breakidle_precision: null,
    min_class_precision: null,
    acceptance_pass: null,
    derived: [],
  }
}

function schemaHashOf(bundle: Bundle): string | null {
  if (bundle.status === 'valid') return bundle.metadata.schema_hash ?? null
  const hash = (bundle.partial.metadata as { schema_hash?: unknown } | null | undefined)?.schema_hash
  return typeof hash === 'string' ? hash : null
}

/** Their figures decide as they are stated. */
function oddNotes(bundles: readonly Bundle[]): Note[] {
  const odd = bundles.filter((bundle) => bundle.status === 'valid' && bundle.warnings.length > 0)
  if (odd.length === 0) return []
  const what =
    odd.length === 1 ? 'what 1 bundle says of itself is' : `what ${odd.length} bundles say of themselves is`
  const message = `${what} odd (column warnings); taskclf model inspect ID shows it`
  return [{ level: 'warning', code: 'bundle_warnings', message }]
}

function notesOn(listed: readonly Bundle[], rows: number, shown: TrainList['shown']): Note[] {
  const invalid = listed.filter(({ status }) => status === 'invalid').length
  const notes: Note[] = []
  if (listed.length === 0)
    notes.push({ level: 'note', code: 'no_bundles', message: 'there are no bundles to list' })
  else if (rows === 0) {
    const message = 'no bundle may be shown; --all lists every bundle with the reason against it'
    notes.push({ level: 'note', code: 'none_shown', message })
  }
  if (invalid > 0 && shown === 'valid') {
    const what = invalid === 1 ? '1 invalid bundle is' : `${invalid} invalid bundles are`
    notes.push({ level: 'warning', code: 'invalid_bundles', message: `${what} not shown; --all shows why` })
  }
  return notes
}
