/** The flags of `model select`. */
export const MODEL_SELECT_FLAGS = {
  activate: {
    type: 'boolean',
    describe: 'Switch to the best model, if it earns the switch under the policy',
  },
} as const
