/** The flags of `model history`. */
export const MODEL_HISTORY_FLAGS = {
  verbose: { type: 'boolean', describe: 'Also what each switch was decided on' },
} as const
