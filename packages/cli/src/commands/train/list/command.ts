import { declare } from '../../../command.js'
import { LIST_FLAGS } from '../../shared/list-flags.js'

export const trainList = declare({
  path: ['train', 'list'],
  summary: 'List the bundles of the models dir with the metrics of the default policy',
  flags: {
    sort: {
      type: 'string',
      choices: ['macro_f1', 'weighted_f1', 'created_at'],
      describe: 'Order of the rows, largest or newest first (default macro_f1)',
    },
    ...LIST_FLAGS,
  },
  examples: [
    ['taskclf train list', 'every valid bundle, best macro F1 first'],
    ['taskclf train list --all --sort created_at', 'invalid ones too, newest first, with the reasons'],
    ['taskclf train list --eligible --feature-schema feature-schema.json', 'what could serve these features'],
    ['taskclf train list --schema-hash 8776f20dbb8f --json', 'the bundles of one feature schema, as JSON'],
  ],
})
