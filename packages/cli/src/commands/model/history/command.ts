import { declare } from '../../../command.js'

export const modelHistory = declare({
  path: ['model', 'history'],
  summary: 'Show who switched which model when, newest first',
  flags: {
    verbose: { type: 'boolean', describe: 'Also what each switch was decided on' },
  },
  examples: [
    ['taskclf model history', 'every switch'],
    ['taskclf model history --verbose', 'with policy, gates and score behind each'],
  ],
})
