/** The flags of `model verify`. */
export const MODEL_VERIFY_FLAGS = {
  'no-load': { type: 'boolean', describe: 'Compare the files only; do not load the models' },
} as const
