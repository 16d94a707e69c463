import type { RankOrder } from '@taskclf/selection-policy'

/** What a larger value of is better, the more usual to choose by first. */
const MORE_IS_BETTER = [
  'auc',
  'auroc',
  'auprc',
  'f1',
  'accuracy',
  'r2',
  'ndcg',
  'mcc',
  'kappa',
  'precision',
  'recall',
]
/** What a smaller value of is better, likewise. */
const LESS_IS_BETTER = ['rmse', 'mae', 'mse', 'rmsle', 'mape', 'logloss', 'loss', 'brier', 'error']
/** What turns a loss into a score: neg_log_loss. */
const NEGATED = ['neg', 'negative']

/** The order that a metric's name speaks for; undefined where it speaks for none. */
export function expectedOrder(metric: string): RankOrder | undefined {
  const words = wordsOf(metric)
  const less = LESS_IS_BETTER.some((word) => words.includes(word))
  const more = MORE_IS_BETTER.some((word) => words.includes(word))
  if (less === more) return undefined
  return less === words.some((word) => NEGATED.includes(word)) ? 'desc' : 'asc'
}

/** How usual it is to choose a model by a metric; the least first. */
export function usualness(metric: string): number {
  const words = wordsOf(metric)
  const known = ['macro_f1', 'weighted_f1', ...MORE_IS_BETTER, 'log_loss', ...LESS_IS_BETTER]
  const whole = known.indexOf(metric)
  const part = known.findIndex((word) => words.includes(word))
  // A figure of the training data says the least, and one inside of another object is a detail.
  const apart = words.includes('train') || words.includes('training') ? 10_000 : 0
  return apart + 1000 * (metric.split('.').length - 1) + (whole === -1 ? 2 * part + 1 : 2 * whole)
}

function wordsOf(metric: string): string[] {
  return metric.toLowerCase().match(/[a-z0-9]+/g) ?? []
}
