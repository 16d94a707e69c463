import { readFileSync } from 'node:fs'

const DEFAULTS = {
  num_rounds: 60,
  num_leaves: 15,
  learning_rate: 0.1,
  min_data_in_leaf: 10,
  lambda_l2: 1,
  feature_fraction: 0.8,
  bagging_fraction: 0.8,
  max_bin: 255,
  holdout: 0.25,
  reject_threshold: 0.55,
  missing_numeric: 'nan',
  data_provenance: 'synthetic',
}

const whole = (least, most = 1_000_000) => [
  `a whole number from ${least} to ${most}`,
  (value) => Number.isSafeInteger(value) && value >= least && value <= most,
]
const share = ['a number above 0 and at most 1', (value) => value > 0 && value <= 1]
const oneOf = (...words) => [
  words.map((word) => JSON.stringify(word)).join(' or '),
  (value) => words.includes(value),
]
const RULES = {
  num_rounds: whole(1),
  num_leaves: whole(2),
  learning_rate: share,
  min_data_in_leaf: whole(1),
  lambda_l2: ['a number from 0', (value) => value >= 0 && Number.isFinite(value)],
  feature_fraction: share,
  bagging_fraction: share,
  max_bin: whole(2, 65_534),
  holdout: ['a number above 0 and below 1', (value) => value > 0 && value < 1],
  reject_threshold: [
    'a number from 0 to 1, or null',
    (value) => value === null || (value >= 0 && value <= 1),
  ],
  missing_numeric: oneOf('nan', 'zero'),
  data_provenance: oneOf('real', 'synthetic', 'mixed'),
}

/** The spec that TASKCLF_SPEC names, with every parameter filled in. A parameter not known is refused: it may be a slip. */
export function readSpec(env) {
  if (!env.TASKCLF_SPEC) throw new Error('TASKCLF_SPEC is not set: start this with `taskclf train retrain`')
  const spec = JSON.parse(readFileSync(env.TASKCLF_SPEC, 'utf8'))
  if (spec.version !== 1)
    throw new Error(`the spec has version ${spec.version}; this trainer speaks version 1`)
  for (const name of ['train', 'schema']) {
    if (spec.data?.[name] === undefined) throw new Error(`the spec must name a file in data.${name}`)
  }
  return { ...spec, params: readParams(spec.params ?? {}) }
}

function readParams(given) {
  const params = { ...DEFAULTS, ...given }
  const faults = Object.entries(params).flatMap(([name, value]) => {
    if (!Object.hasOwn(RULES, name)) return [`${name} is not one of ${Object.keys(RULES).join(', ')}`]
    const [expected, holds] = RULES[name]
    const isKind = typeof value === typeof DEFAULTS[name] || value === null
    return isKind && holds(value) ? [] : [`${name} must be ${expected}`]
  })
  if (faults.length > 0) throw new Error(`params: ${faults.join('; ')}`)
  return params
}
