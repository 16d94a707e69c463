/** The flag, the same for every command that predicts. */
export const REJECT_THRESHOLD_FLAG = {
  type: 'string',
  value: 'P|none',
  describe: "Below this probability a row is Mixed/Unknown (default: the bundle's, else 0.55)",
} as const
