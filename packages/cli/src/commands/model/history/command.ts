import { declare } from '../../../command.js'
import { timeFlag } from '../../shared/time-flags.js'

export const modelHistory = declare({
  path: ['model', 'history'],
  summary: 'Show who switched which model when, newest first',
  flags: {
    at: timeFlag('Only the switch by which a model was active then'),
    since: timeFlag('Only switches from then on'),
    until: timeFlag('Only switches up to then'),
    limit: { type: 'integer', value: 'N', min: 1, describe: 'At most N switches, the newest' },
    local: { type: 'boolean', describe: 'Times in the zone of this machine' },
    verbose: { type: 'boolean', describe: 'Also what each switch was decided on' },
  },
  examples: [
    ['taskclf model history', 'every switch'],
    ['taskclf model history --since 2026-03-01 --limit 5', 'the newest five of those since March'],
    ['taskclf model history --verbose', 'with policy, gates and score behind each'],
  ],
})
