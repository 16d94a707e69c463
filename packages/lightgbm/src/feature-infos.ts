import type { Field } from './line-reader.js'

/** What a model file says of the values that one feature was trained with. */
export interface FeatureInfo {
  /** Whether its values are categories: codes that no order connects. */
  readonly isCategorical: boolean
  /** The smallest and the largest value, of categories the codes from 0; null when the file does not say. */
  readonly range: readonly [min: number, max: number] | null
}

/** The entries of `feature_infos`: `[min:max]` for numbers, `3:1:0` for codes, `none` for a feature that was left out. */
export function readFeatureInfos({ text, start, end }: Field): FeatureInfo[] {
  return text.slice(start, end).split(' ').filter(Boolean).map(readInfo)
}

/** With the features that the file's `[categorical_feature: …]` names: one that was left out is known by it alone. */
export function withDeclared(infos: readonly FeatureInfo[], declared: readonly number[]): FeatureInfo[] {
  const places = new Set(declared)
  return infos.map((info, i) => (places.has(i) ? { ...info, isCategorical: true } : info))
}

function readInfo(entry: string): FeatureInfo {
  const isNumeric = entry.startsWith('[') && entry.endsWith(']')
  const values = (isNumeric ? entry.slice(1, -1) : entry).split(':').map(Number)
  if (!values.every(Number.isFinite)) return { isCategorical: false, range: null }
  const counted = isNumeric ? values : values.filter((code) => code >= 0)
  const min = counted.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const max = counted.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  return { isCategorical: !isNumeric, range: min <= max ? [min, max] : null }
}
