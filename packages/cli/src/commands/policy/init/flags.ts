/** The flags of `policy init`. */
export const POLICY_INIT_FLAGS = {
  force: { type: 'boolean', describe: 'Replace the file where there is one' },
} as const
