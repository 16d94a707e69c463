import { declare } from '../../../command.js'

export const trainList = declare({
  path: ['train', 'list'],
  summary: 'List the bundles of the models dir with their metrics',
  flags: {
    sort: {
      type: 'string',
      choices: ['macro_f1', 'weighted_f1', 'created_at'],
      describe: 'Order of the rows, largest or newest first (default macro_f1)',
    },
    all: { type: 'boolean', describe: 'Also invalid bundles, and why a bundle is not eligible' },
    eligible: { type: 'boolean', describe: 'Only bundles that may serve under the policy' },
  },
  examples: [
    ['taskclf train list', 'every valid bundle, best macro F1 first'],
    ['taskclf train list --all --sort created_at', 'invalid ones too, newest first, with the reasons'],
    ['taskclf train list --eligible --feature-schema feature-schema.json', 'what could serve these features'],
    ['taskclf train list --schema-hash 8776f20dbb8f --json', 'the bundles of one feature schema, as JSON'],
  ],
})
