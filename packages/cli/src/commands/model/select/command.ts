import { defineCommand } from '../../../command.js'
import { MODEL_SELECT_FLAGS } from './flags.js'

export const modelSelect = defineCommand({
  path: ['model', 'select'],
  summary: 'Rank the eligible models and say of every other one why it is not',
  flags: MODEL_SELECT_FLAGS,
  examples: [
    ['taskclf model select --feature-schema feature-schema.json', 'which model should serve these features'],
    ['taskclf model select --feature-schema feature-schema.json --activate', 'and make it the active one'],
    ['taskclf model select --policy ungated', 'by macro F1 alone, as the Python project selects'],
  ],
  load: () => import('./run.js'),
})
