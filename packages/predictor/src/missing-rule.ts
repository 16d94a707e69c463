import type { ValidBundle } from '@taskclf/registry-core'
import type { PredictorNote } from './predictor.js'
import type { RowEncoder } from './row-encoder.js'
import type { Runtime } from './runtime.js'

/** What a missing number becomes, and whether the bundle says so. */
export interface MissingRule {
  value: number
  isStated: boolean
}

/** As the bundle states it; else NaN, which is the model's own rule, or what the Python project makes of its bundles. */
export function missingRule({ metadata }: ValidBundle, pythonInterop: boolean): MissingRule {
  const stated = metadata.preprocessing?.missing_numeric
  if (stated !== undefined) return { value: stated === 'zero' ? 0 : Number.NaN, isStated: true }
  const isOfPython = metadata.train_date_from !== undefined && metadata.preprocessing === undefined
  return { value: pythonInterop && isOfPython ? 0 : Number.NaN, isStated: false }
}

/** Says that the rule was assumed, where another one would give other answers. */
export function missingNotes(
  { value, isStated }: MissingRule,
  { missingMatters = [] }: Runtime,
  { categorical }: RowEncoder,
): PredictorNote[] {
  const columns = missingMatters.filter((column) => !categorical.includes(column))
  if (isStated || columns.length === 0) return []
  const [taken, rule] = value === 0 ? ['0, as in the Python project', 'zero'] : ['NaN, as in LightGBM', 'nan']
  const message = `metadata.json does not say what a missing number becomes: it is taken as ${taken}. NaN and 0 differ in ${columns.join(', ')}; write "preprocessing": { "missing_numeric": "${rule}" } if that is how it was trained`
  return [{ code: 'missing_rule_assumed', message, columns }]
}
