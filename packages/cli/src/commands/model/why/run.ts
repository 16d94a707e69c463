import type { HistoryEntry } from '@taskclf/active-pointer'
import { readModel } from '@taskclf/registry'
import type { GlobalOptions, Note, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { ModelWhy } from '../../../documents/model-why.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { bundleWarningNotes } from '../../shared/bundle-warnings.js'
import { switchRecord } from '../../shared/decision-record.js'
import { historyNotes } from '../../shared/notes.js'
import { activeId, type RegistryView, viewRegistry } from './registry-view.js'
import { standingOf } from './standing.js'
import { switchWords } from './switch-words.js'
import { whyAbsent } from './why-absent.js'
import { whyActive } from './why-active.js'
import { whyModel } from './why-model.js'

/** Explains the active model, any model, or a switch of the past. */
export async function run({ words }: GlobalOptions, context: Context): Promise<Outcome<ModelWhy>> {
  const view = await viewRegistry(context)
  const data = await explain(view, words[0])
  const isAnswered = data.verdict !== 'no_pointer' && data.verdict !== 'pointer_corrupt'
  return {
    data,
    exitCode: isAnswered ? EXIT.done : EXIT.no,
    notes: [...(data.subject === 'revision' ? historyNotes(view.history) : []), ...oddNotes(view, data)],
  }
}

/** The model's figures are part of every explanation: whether they agree with each other, too. */
function oddNotes({ bundles }: RegistryView, { model_id }: ModelWhy): Note[] {
  const bundle = bundles.find(({ modelId }) => modelId === model_id)
  return bundle?.status === 'valid' ? bundleWarningNotes(bundle) : []
}

async function explain(view: RegistryView, word: string | undefined): Promise<ModelWhy> {
  if (word === undefined) return whyActive(view, 'active')
  const bundle = view.bundles.find(({ modelId }) => modelId === word)
  if (bundle !== undefined) return whyModel(view, bundle)
  // A model may be named 12; then the name is meant.
  if (/^[1-9]\d{0,15}$/.test(word)) return whyRevision(view, Number(word))
  const absent = whyAbsent(view, word)
  if (absent !== undefined) return absent
  // Refuses what no model is named, with the nearest there is.
  return whyModel(view, await readModel(view.modelsDir, word))
}

function whyRevision(view: RegistryView, revision: number): ModelWhy {
  const entries = view.history.entries.filter((entry) => entry.revision === revision)
  const entry: HistoryEntry | undefined =
    entries.find(({ visible }) => visible) ??
    entries.find(({ state }) => state === 'unconfirmed') ??
    entries.at(-1)
  if (entry === undefined) {
    throw new CliError('unknown_revision', `no line of the history has revision ${revision}`, {
      hint: 'taskclf model history lists the revisions',
    })
  }
  const record = switchRecord(entry)
  const bundle = view.bundles.find(({ modelId }) => modelId === record.model_id)
  return {
    models_dir: view.modelsDir.root,
    subject: 'revision',
    model_id: record.model_id,
    active: activeId(view) === record.model_id,
    verdict: 'switched',
    explanation: switchWords(record),
    switch: record,
    today: bundle === undefined ? null : standingOf(view, bundle),
    outranked_by: null,
  }
}
