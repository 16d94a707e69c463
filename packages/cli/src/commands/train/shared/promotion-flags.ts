import { CHECKS_FLAGS } from '../../shared/checks-flags.js'

/** The flags of everything that promotes. */
export const PROMOTION_FLAGS = {
  'dry-run': { type: 'boolean', describe: 'Everything but publish and switch: nothing is written' },
  'min-improvement': {
    type: 'string',
    value: 'X',
    describe: "What the active model must be beaten by, in place of the policy's min_improvement",
  },
  as: {
    type: 'string',
    value: 'ID',
    describe: 'The id to publish under (default: the stated model_id, else the name of the directory)',
  },
  again: {
    type: 'boolean',
    describe: 'Publish a copy of a candidate whose files are published already',
  },
  'ignore-champion': {
    type: 'boolean',
    describe: 'Compare with no champion: the way past one that cannot be used',
  },
  ...CHECKS_FLAGS,
} as const
