import type { DegradedJson } from '@taskclf/documents'

/** The same in a few words: `in place of chosen [active_bundle_missing]`. */
export function standsInText({ code, wanted }: Pick<DegradedJson, 'code' | 'wanted'>): string {
  return `in place of ${wanted ?? 'the active model'} [${code}]`
}
