import { declare } from '../../../command.js'
import { PROMOTION_FLAGS } from '../shared/promotion-flags.js'

export const trainPromote = declare({
  path: ['train', 'promote'],
  summary: 'Publish a candidate if it earns its place, and make it active if it is the best',
  words: [{ name: 'CANDIDATE_DIR', describe: 'a bundle outside the models dir', arity: 'one' }],
  flags: PROMOTION_FLAGS,
  examples: [
    [
      'taskclf train promote runs/20260401T090000Z-4f1c2a7b/bundle',
      'gates, champion, publish, select, switch',
    ],
    ['taskclf train promote candidate --dry-run', 'what would come of it; nothing is written'],
    ['taskclf train promote candidate --min-improvement 0.01 --json', 'with everything it was decided on'],
  ],
})
