import type { RankOrder } from '@taskclf/selection-policy'

const LESS_IS_BETTER = ['rmse', 'mse', 'mae', 'logloss', 'loss', 'error', 'brier']
const MORE_IS_BETTER = ['auc', 'f1', 'accuracy']

/** The order that a metric's name speaks for; undefined where it speaks for none. */
export function expectedOrder(metric: string): RankOrder | undefined {
  const words: string[] = metric.toLowerCase().match(/[a-z0-9]+/g) ?? []
  const less = LESS_IS_BETTER.some((word) => words.includes(word))
  const more = MORE_IS_BETTER.some((word) => words.includes(word))
  if (less === more) return undefined
  return less ? 'asc' : 'desc'
}
