import { toPromotionJson } from '@taskclf/promotion'
import type { Promoted, PromotionNumber } from '@taskclf/registry'
import type { Promotion } from './promotion.js'

type Row = Promotion['numbers'][number]

/** A promotion as its document has it. */
export function toPromotedJson(promoted: Promoted): Promotion {
  const { version: _, ...json } = toPromotionJson(promoted)
  return { ...json, numbers: promoted.numbers.map(rowOf), champion_model_id: promoted.comparedWith ?? null }
}

function rowOf({ check, metric, bound, candidate, champion, passed, shortBy }: PromotionNumber): Row {
  // Read out of JSON documents.
  const [ours, theirs] = [candidate ?? null, champion ?? null] as [Row['candidate'], Row['champion']]
  return { check, metric, bound, candidate: ours, champion: theirs, passed, short_by: shortBy ?? null }
}
