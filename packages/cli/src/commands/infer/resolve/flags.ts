/** The flags of `infer resolve`. */
export const INFER_RESOLVE_FLAGS = {
  'model-dir': { type: 'string', value: 'DIR', describe: 'Use this bundle, whatever the pointer says' },
  'on-broken': {
    type: 'string',
    choices: ['fail', 'last_good', 'policy'],
    describe:
      'What to do when the model that the pointer names is missing or broken (default: by policy when it is missing, fail when it is broken)',
  },
  repair: {
    type: 'boolean',
    describe: 'Write the pointer when it is absent or corrupt, or its model is missing',
  },
} as const
