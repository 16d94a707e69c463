/** The flag, the same for every command that finds the model that serves. */
export const ON_BROKEN_FLAG = {
  type: 'string',
  choices: ['fail', 'last_good', 'policy'],
  describe:
    'What to do when the model that the pointer names is missing or broken (default: by policy when it is missing, fail when it is broken)',
} as const
