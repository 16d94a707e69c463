/** The flags of `infer resolve`. */
export const INFER_RESOLVE_FLAGS = {
  'model-dir': { type: 'string', value: 'DIR', describe: 'Use this bundle, whatever the pointer says' },
  repair: {
    type: 'boolean',
    describe: 'Write the pointer when it is missing or unusable and the policy had to decide',
  },
} as const
