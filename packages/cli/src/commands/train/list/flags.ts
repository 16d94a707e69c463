/** The flags of `train list`. */
export const TRAIN_LIST_FLAGS = {
  sort: {
    type: 'string',
    choices: ['macro_f1', 'weighted_f1', 'created_at'],
    describe: 'Order of the rows, largest or newest first (default macro_f1)',
  },
  all: { type: 'boolean', describe: 'Also invalid bundles, and why a bundle is not eligible' },
  eligible: { type: 'boolean', describe: 'Only bundles that may serve under the policy' },
} as const
