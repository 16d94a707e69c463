/** Help is set no wider than this, so that it is the same text wherever there is room for it. */
export const HELP_COLUMNS = 100
