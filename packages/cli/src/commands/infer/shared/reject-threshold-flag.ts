/** The flag, the same for every command that predicts. */
export const REJECT_THRESHOLD_FLAG = {
  type: 'string',
  value: 'P|none',
  describe: "Below this probability a row is rejected (default: the bundle's; none: reject nothing)",
} as const
