import { type History, lookAtStore, type StoreLike } from '@taskclf/active-pointer'
import type { Policy, Requirement } from '@taskclf/selection-policy'
import { entryAt } from '../entry-at.js'
import { RegistryUseError } from '../errors.js'
import { readModel } from '../read-model.js'
import { switchRecord } from './decision-record.js'
import { activeId, type RegistryView, viewRegistry } from './registry-view.js'
import { standingOf } from './standing.js'
import { switchWords } from './switch-words.js'
import { whyActive } from './why-active.js'
import { whyModel } from './why-model.js'
import type { WhyReport } from './why-report.js'

/** An explanation, and the history that it is derived from. */
export interface Explanation extends WhyReport {
  history: History
}

/**
 * Explains the active model, any model, or a switch of the past.
 *
 * @param subject a model id, or a revision as text; by default the active model
 * @throws RegistryUseError `unknown_model`, `unknown_revision`; `io` errors where the system does not say what is active.
 */
export async function explain(
  where: StoreLike,
  asked: { policy: Policy; requirement: Requirement },
  subject?: string,
): Promise<Explanation> {
  const view = await viewRegistry(lookAtStore(where), asked)
  const report = await explained(view, subject)
  const bundle = view.bundles.find(({ modelId }) => modelId === report.modelId)
  return { ...report, ...(bundle && { bundle }), history: view.history }
}

async function explained(view: RegistryView, word: string | undefined): Promise<WhyReport> {
  if (word === undefined) return whyActive(view, 'active')
  const bundle = view.bundles.find(({ modelId }) => modelId === word)
  if (bundle !== undefined) return whyModel(view, bundle)
  // A model may be named 12; then the name is meant.
  if (/^[1-9]\d{0,15}$/.test(word)) return whyRevision(view, Number(word))
  // Loaded for what is not there any more: promotions are written by rules of their own.
  const { whyAbsent } = await import('./why-absent.js')
  const absent = whyAbsent(view, word)
  if (absent !== undefined) return absent
  // Refuses what no model is named, with the nearest there is.
  return whyModel(view, await readModel(view.store, word))
}

function whyRevision(view: RegistryView, revision: number): WhyReport {
  const entry = entryAt(view.history.entries, { revision })
  if (entry === undefined)
    throw new RegistryUseError('unknown_revision', `no line of the history has revision ${revision}`, {
      revision,
    })
  const record = switchRecord(entry)
  const bundle = view.bundles.find(({ modelId }) => modelId === record.model_id)
  return {
    location: view.store.location,
    subject: 'revision',
    modelId: record.model_id,
    active: activeId(view) === record.model_id,
    verdict: 'switched',
    explanation: switchWords(record),
    switch: record,
    today: bundle === undefined ? null : standingOf(view, bundle),
    outrankedBy: null,
  }
}
