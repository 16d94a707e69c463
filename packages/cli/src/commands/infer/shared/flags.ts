/** The flag, the same for every command that finds the model that serves. */
export const ON_BROKEN_FLAG = {
  type: 'string',
  choices: ['fail', 'last_good', 'policy'],
  describe:
    'What to do when the active model is missing or broken (default: by policy when missing, fail when broken)',
} as const

/** The flag, the same for every command that answers rows. */
export const EXPLAIN_FLAG = {
  type: 'integer',
  value: 'K',
  min: 1,
  describe:
    "Explain each answer by the K columns that add most to the model's raw score, or take most from it",
} as const

/** The flag, the same for every command that predicts. */
export const REJECT_THRESHOLD_FLAG = {
  type: 'string',
  value: 'P|none',
  describe: "Below this probability a row is rejected (default: the bundle's; none: reject nothing)",
} as const
