import type { LineReader } from './line-reader.js'

const BEGINNINGS = [
  'feature_importances:',
  'feature importances:',
  'parameters:',
  'parser:',
  'pandas_categorical:',
]

/** Whether the current line begins what LightGBM writes below the trees. */
export function isTrailer(reader: LineReader): boolean {
  return BEGINNINGS.some((beginning) => reader.startsWith(beginning))
}
