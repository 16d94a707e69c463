import { CHECKS_FLAGS } from '../../shared/checks-flags.js'
import { ON_BROKEN_FLAG } from '../shared/flags.js'

/** The flags of `infer resolve`. */
export const INFER_RESOLVE_FLAGS = {
  'model-dir': { type: 'string', value: 'DIR', describe: 'Use this bundle, whatever the pointer says' },
  'on-broken': ON_BROKEN_FLAG,
  repair: {
    type: 'boolean',
    describe: 'Write the pointer when it is absent or corrupt, or its model is missing',
  },
  ...CHECKS_FLAGS,
} as const
