import { resolve } from 'node:path'
import { type TrainList, toListJson } from '@taskclf/documents'
import type { Overview, OverviewModel, OverviewOptions, Registry } from '@taskclf/registry'
import { Rows } from '@taskclf/terminal'
import type { Context, Note } from '../../command.js'

/** A row of a list. */
export type ListRow = TrainList['bundles'][number]

/** The rows of a list, made one at a time, and what is to be said of them. */
export interface ListedModels {
  location: string
  rows: Rows<ListRow>
  notes: Note[]
}

/** What both lists of models ask. */
export interface Listing {
  shown: 'all' | 'eligible' | 'valid'
  sort: NonNullable<OverviewOptions['sort']>
  ascending?: boolean
  columns: readonly string[]
  candidates: string | undefined
  schemaHashes: readonly string[]
}

/** Reads the models of a registry, and the candidates, as a list shows them. */
export async function listModels(
  registry: Registry,
  { shown, columns, candidates, ...how }: Listing,
  { progress, cwd }: Pick<Context, 'progress' | 'cwd'>,
): Promise<ListedModels> {
  const found = await registry.overview({
    show: shown,
    columns,
    ...how,
    ...(candidates !== undefined && { candidates: resolve(cwd, candidates) }),
    onProgress: (read) => progress.update(`${read.toLocaleString('en')} bundles read …`),
  })
  const { models } = found
  const rows = new Rows(models.length, (i) => toListJson(models[i] as OverviewModel, columns))
  return {
    location: found.location,
    rows,
    notes: [...notesOn(found, shown), ...oddNotes(models), ...absentNotes(rows, columns)],
  }
}

/** Their figures decide as they are stated. */
function oddNotes(models: readonly OverviewModel[]): Note[] {
  const odd = models.filter(({ bundle }) => bundle.status === 'valid' && bundle.warnings.length > 0)
  if (odd.length === 0) return []
  const what =
    odd.length === 1 ? 'what 1 bundle says of itself is' : `what ${odd.length} bundles say of themselves is`
  const message = `${what} odd (column warnings); taskclf model inspect ID shows it`
  return [{ level: 'warning', code: 'bundle_warnings', message }]
}

function notesOn({ total, invalid, models, pointer }: Overview, shown: Listing['shown']): Note[] {
  const notes: Note[] = []
  if (pointer === 'corrupt') {
    const message = 'active.json cannot be used, so no model is shown as active; taskclf doctor says why'
    notes.push({ level: 'warning', code: 'pointer_corrupt', message })
  }
  if (total === 0) notes.push({ level: 'note', code: 'no_bundles', message: 'there are no bundles to list' })
  else if (models.length === 0) {
    const message = 'no bundle may be shown; --all lists every bundle with the reason against it'
    notes.push({ level: 'note', code: 'none_shown', message })
  }
  if (invalid > 0 && shown === 'valid') {
    const what = invalid === 1 ? '1 invalid bundle is' : `${invalid} invalid bundles are`
    notes.push({ level: 'warning', code: 'invalid_bundles', message: `${what} not shown; --all shows why` })
  }
  return notes
}

/** A misspelt column would look like one that nobody measures. */
function absentNotes(rows: Rows<ListRow>, columns: readonly string[]): Note[] {
  const absent = new Set(rows.length === 0 ? [] : columns)
  for (const { metrics } of rows) {
    if (absent.size === 0) break
    for (const path of absent) if (metrics[path] !== null) absent.delete(path)
  }
  if (absent.size === 0) return []
  const message = `no bundle shown here has ${[...absent].join(', ')}; taskclf model inspect ID shows what one has`
  return [{ level: 'note', code: 'metric_absent', message }]
}
