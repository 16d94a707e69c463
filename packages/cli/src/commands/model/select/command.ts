import { declare } from '../../../command.js'
import { CHECKS_FLAGS } from '../../shared/checks-flags.js'

export const modelSelect = declare({
  path: ['model', 'select'],
  summary: 'Rank the eligible models and say of every other one why it is not',
  flags: {
    activate: {
      type: 'boolean',
      describe: 'Switch to the best model, if it earns the switch under the policy',
    },
    ...CHECKS_FLAGS,
  },
  examples: [
    ['taskclf model select --feature-schema feature-schema.json', 'which model should serve these features'],
    ['taskclf model select --feature-schema feature-schema.json --activate', 'and make it the active one'],
    ['taskclf model select --policy ungated', 'by macro F1 alone, as the Python project selects'],
  ],
})
