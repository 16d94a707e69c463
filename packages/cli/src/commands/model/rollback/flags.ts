import { CHECKS_FLAGS } from '../../shared/checks-flags.js'

/** The flags of `model rollback`. */
export const MODEL_ROLLBACK_FLAGS = {
  to: { type: 'integer', value: 'REVISION', min: 1, describe: 'Go back to the model of this revision' },
  steps: {
    type: 'integer',
    value: 'N',
    min: 1,
    describe: 'Go back N models that can still serve (default 1)',
  },
  ...CHECKS_FLAGS,
} as const
