/** setTimeout accepts no more; a longer limit would fire at once. */
export const MAX_TIMER_MS = 2_147_483_647

export const DEFAULT_GRACE_MS = 10_000
