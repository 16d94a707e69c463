import { LightgbmError, type LightgbmErrorCode } from './errors.js'
import type { Field } from './line-reader.js'
import { fieldError } from './read-numbers.js'

/** What the header's `objective=` says: a name and its options (`sigmoid:1` becomes `{ sigmoid: '1' }`, `sqrt` `{ sqrt: '' }`). */
export interface Objective {
  /** `custom` when the file has no objective line: raw scores are then the predictions. */
  readonly name: string
  readonly params: Readonly<Record<string, string>>
}

/** Turns the raw scores of one row, `out[at] … out[at + width - 1]`, into predictions in place. */
export type Transform = (out: Float64Array, at: number, width: number) => void

/** An objective with what it does to raw scores. */
export interface LoadedObjective extends Objective {
  readonly transform: Transform
}

const identity: Transform = () => {}
const exponential = each(Math.exp)
const signedSquare = each((x) => Math.sign(x) * x * x)

/** Files of a custom objective have no line; their predictions are the raw scores. */
export const NO_OBJECTIVE: LoadedObjective = { name: 'custom', params: {}, transform: identity }

const IDENTITY = ['huber', 'lambdarank', 'rank_xendcg', 'custom', 'none']
const SQUARED_UNDER_SQRT = ['regression', 'regression_l1', 'quantile', 'mape', 'fair']
const EXPONENTIAL = ['poisson', 'gamma', 'tweedie']

/** Other words for objectives without options, as old files have them and LightGBM reads them. */
const ALIASES: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  regression_l2: 'regression',
  mean_squared_error: 'regression',
  mse: 'regression',
  l2: 'regression',
  l2_root: 'regression',
  root_mean_squared_error: 'regression',
  rmse: 'regression',
  mean_absolute_error: 'regression_l1',
  l1: 'regression_l1',
  mae: 'regression_l1',
  mean_absolute_percentage_error: 'mape',
  xentropy: 'cross_entropy',
  xentlambda: 'cross_entropy_lambda',
  xendcg: 'rank_xendcg',
  xe_ndcg: 'rank_xendcg',
  xe_ndcg_mart: 'rank_xendcg',
  xendcg_mart: 'rank_xendcg',
  null: 'custom',
  na: 'custom',
})

/** Those that have one score a row. */
const ONE_CLASS = [
  'binary',
  'cross_entropy',
  'cross_entropy_lambda',
  ...EXPONENTIAL,
  ...SQUARED_UNDER_SQRT,
  ...IDENTITY,
]

/** Reads an `objective=` line. An objective not known here is refused: wrong probabilities would look like right ones. */
export function parseObjective(field: Field, numClass: number): LoadedObjective {
  const words = field.text.slice(field.start, field.end).split(' ').filter(Boolean)
  const name = words.length === 1 ? (ALIASES[words[0] as string] ?? (words[0] as string)) : (words[0] ?? '')
  const params: Record<string, string> = Object.create(null)
  for (const word of words.slice(1)) {
    const colon = word.indexOf(':')
    const key = colon < 0 ? word : word.slice(0, colon)
    if (key in params)
      throw fieldError('duplicate_field', field, `${key} is given twice; the file is damaged`)
    params[key] = colon < 0 ? '' : word.slice(colon + 1)
  }
  const refuse: Refuse = (code, message) => fieldError(code, field, message)
  const transform = transformOf({ name, params }, numClass, refuse)
  return { name, params: Object.freeze({ ...params }), transform }
}

/** An objective that was read before, ready to use again. */
export function loadObjective(objective: Objective, numClass: number): LoadedObjective {
  const refuse: Refuse = (code, message) => new LightgbmError(code, message)
  const { name, params } = objective
  return { name, params: Object.freeze({ ...params }), transform: transformOf(objective, numClass, refuse) }
}

type Refuse = (code: LightgbmErrorCode, message: string) => LightgbmError

function transformOf({ name, params }: Objective, numClass: number, refuse: Refuse): Transform {
  if (name === 'multiclass' || name === 'multiclassova') {
    if (params.num_class !== String(numClass)) {
      const message = `num_class:${params.num_class ?? ''} but the header's num_class is ${numClass}; the file is damaged`
      throw refuse('bad_count', message)
    }
    return name === 'multiclass' ? softmax : sigmoid(sigmoidFactor(params, refuse))
  }
  if (name === 'custom' || name === 'none') return identity
  if (!ONE_CLASS.includes(name)) {
    const message = `objective ${JSON.stringify(name.slice(0, 40))} is not known, so its predictions cannot be derived from its raw scores; use the raw scores of another reader or a known objective`
    throw refuse('unsupported_objective', message)
  }
  if (numClass !== 1) {
    throw refuse('bad_count', `${name} has one class, the header says ${numClass}; the file is damaged`)
  }
  if (name === 'binary') return sigmoid(sigmoidFactor(params, refuse))
  if (name === 'cross_entropy') return sigmoid(1)
  if (name === 'cross_entropy_lambda') return each((x) => Math.log1p(Math.exp(x)))
  if (EXPONENTIAL.includes(name)) return exponential
  return SQUARED_UNDER_SQRT.includes(name) && 'sqrt' in params ? signedSquare : identity
}

function sigmoidFactor(params: Objective['params'], refuse: Refuse): number {
  const text = params.sigmoid ?? ''
  const factor = /^[-+.\deE]{1,40}$/.test(text) ? Number(text) : Number.NaN
  if (Number.isFinite(factor) && factor > 0) return factor
  throw refuse('bad_number', `sigmoid:${text.slice(0, 40)} is not a number above zero; the file is damaged`)
}

function each(of: (score: number) => number): Transform {
  return (out, at, width) => {
    for (let i = at; i < at + width; i++) out[i] = of(out[i] as number)
  }
}

function sigmoid(factor: number): Transform {
  return each((x) => 1 / (1 + Math.exp(-factor * x)))
}

/** Shifted by the greatest score and summed in order, as LightGBM does it. */
function softmax(out: Float64Array, at: number, width: number): void {
  const end = at + width
  let greatest = out[at] as number
  for (let i = at + 1; i < end; i++) greatest = Math.max(greatest, out[i] as number)
  let sum = 0
  for (let i = at; i < end; i++) {
    const weight = Math.exp((out[i] as number) - greatest)
    out[i] = weight
    sum += weight
  }
  for (let i = at; i < end; i++) out[i] = (out[i] as number) / sum
}
