import { CHECKS_FLAGS } from '../../shared/checks-flags.js'

/** The flags of `model select`. */
export const MODEL_SELECT_FLAGS = {
  activate: {
    type: 'boolean',
    describe: 'Switch to the best model, if it earns the switch under the policy',
  },
  ...CHECKS_FLAGS,
} as const
