import { declare } from '../../command.js'
import { LOADER_FLAG } from '../shared/loader-flag.js'

export const doctor = declare({
  path: ['doctor'],
  summary: 'Look for everything that would surprise: what keeps models out, damage, other writers, leftovers',
  flags: {
    ...LOADER_FLAG,
    fix: {
      type: 'boolean',
      describe:
        'Repair what is safe, then look again: locks of dead owners, leftovers, a lost pointer, the index',
    },
    yes: { type: 'boolean', describe: 'With --fix: answer every question with yes' },
  },
  examples: [
    ['taskclf doctor', 'exit code 1 when something must be put right'],
    ['taskclf doctor --fix', 'asks before it breaks a lock, and says what it did'],
    ['taskclf doctor --policy ungated --json', 'under another policy, as JSON'],
  ],
})
