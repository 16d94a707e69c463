import { defineCommand } from '../../../command.js'
import { TRAIN_LIST_FLAGS } from './flags.js'

export const trainList = defineCommand({
  path: ['train', 'list'],
  summary: 'List the bundles of the models dir with their metrics',
  flags: TRAIN_LIST_FLAGS,
  examples: [
    ['taskclf train list', 'every valid bundle, best macro F1 first'],
    ['taskclf train list --all --sort created_at', 'invalid ones too, newest first, with the reasons'],
    ['taskclf train list --eligible --feature-schema feature-schema.json', 'what could serve these features'],
    ['taskclf train list --schema-hash 8776f20dbb8f --json', 'the bundles of one feature schema, as JSON'],
  ],
  load: () => import('./run.js'),
})
