import { LOADER_FLAG } from './loader-flag.js'

/** The flags of everything that switches. */
export const CHECKS_FLAGS = {
  unchecked: {
    type: 'boolean',
    describe: 'Let a model serve that nothing here can load; the history records that it was not tried',
  },
  ...LOADER_FLAG,
} as const
