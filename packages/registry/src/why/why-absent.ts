import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readSmallFile } from '@taskclf/durable-fs'
import { promotionResultSchema } from '@taskclf/promotion'
import { parseStrictJson, shortInstant } from '@taskclf/registry-core'
import { switchRecord } from './decision-record.js'
import type { RegistryView } from './registry-view.js'
import { whenAndWho } from './switch-words.js'
import type { WhyReport } from './why-report.js'

/** Why a model that is not in the models dir is not active: rejected, or removed. Undefined when nobody knows of it. */
export function whyAbsent(view: RegistryView, modelId: string): WhyReport | undefined {
  return whyRejected(view, modelId) ?? whyRemoved(view, modelId)
}

const NO_PLACE = { active: false, today: null, outrankedBy: null } as const

function whyRejected({ store }: RegistryView, modelId: string): WhyReport | undefined {
  const rejection = store.local && lastRejection(store.local.dir.rejected, modelId)
  if (rejection === undefined) return undefined
  const { dir, result } = rejection
  const who = result.actor === undefined ? '' : `, by ${result.actor}`
  const reasons = result.rejection?.reasons.map(({ message }) => `It failed: ${message}.`) ?? []
  const against = result.champion?.model_id
  return {
    ...NO_PLACE,
    location: store.location,
    subject: 'model',
    modelId,
    verdict: 'rejected',
    explanation: [
      `${modelId} was rejected when it was to be promoted, at ${shortInstant(result.at)}${who}.`,
      ...reasons,
      ...(against === undefined ? [] : [`The champion was ${against}.`]),
      `It is kept in ${dir}.`,
    ],
    switch: null,
  }
}

/** A candidate may be rejected many times; what counts is the last. */
function lastRejection(rejected: string, modelId: string) {
  return namesIn(rejected)
    .filter(
      (name) =>
        name === modelId || (name.startsWith(`${modelId}-`) && /^\d+$/.test(name.slice(modelId.length + 1))),
    )
    .flatMap((name) => {
      const dir = join(rejected, name)
      const file = readSmallFile(join(dir, 'rejection.json'), { maxBytes: 1 << 20 })
      const json = file.ok ? parseStrictJson(file.bytes, 'rejection.json') : undefined
      const parsed = promotionResultSchema.safeParse(json?.ok ? json.value : undefined)
      return parsed.data?.candidate.model_id === modelId ? [{ dir, result: parsed.data }] : []
    })
    .sort((a, b) => (a.result.at < b.result.at ? -1 : 1))
    .at(-1)
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch {
    // Nothing was ever rejected here.
    return []
  }
}

function whyRemoved({ store, history }: RegistryView, modelId: string): WhyReport | undefined {
  const entry = history.entries.findLast(
    ({ visible, new: pointer }) => visible && pointer.model_id === modelId,
  )
  if (entry === undefined) return undefined
  const record = switchRecord(entry)
  return {
    ...NO_PLACE,
    location: store.location,
    subject: 'model',
    modelId,
    verdict: 'removed',
    explanation: [
      `${modelId} was active once, and its bundle is no longer in the models dir.`,
      `It was last made active ${whenAndWho(record)}.`,
    ],
    switch: record,
  }
}
