import type { ConformanceCase } from './conformance-case.js'
import { type Ground, groundOf, sayProblems } from './ground.js'
import { normalised } from './normalised.js'
import type { Subject } from './subject.js'
import type { Verbs } from './verbs.js'

/** What a case came to in one store. */
export interface CaseRun {
  answer: unknown
  /** What the case left in the store; undefined after a race. */
  left: unknown
}

/** Runs a case on a store; what is drawn by chance and where the store lies are placeholders in the answer. */
export async function runCase(one: ConformanceCase, subject: Subject, verbs: Verbs): Promise<CaseRun> {
  const ground = groundOf(subject, verbs)
  const { location } = subject.store.look()
  const answer = normalised(await one.run(ground), location)
  return { answer, left: one.isRace ? undefined : normalised(await leftIn(ground), location) }
}

async function leftIn({ state, scanned, verbs, store, rejected }: Ground): Promise<unknown> {
  const active = await state()
  const { entries, problems, warnings } = await verbs.readHistory(store)
  return {
    pointer: active.status === 'valid' ? active.pointer : active.status,
    entries,
    problems: problems.map(({ code, line }) => [code, line]),
    warnings: warnings.map(({ code, line }) => [code, line]),
    rejected: rejected(),
    bundles: (await scanned()).map((bundle) => {
      const said = { modelId: bundle.modelId, said: sayProblems(bundle), location: bundle.location }
      if (bundle.status === 'invalid') return { ...said, partial: bundle.partial }
      const { metadata, metrics, derived, artifacts, manifest } = bundle
      return { ...said, metadata, metrics, derived, artifacts, manifest }
    }),
  }
}
