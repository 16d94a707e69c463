import { declare } from '../../../command.js'
import { LIST_FLAGS } from '../../shared/list-flags.js'

export const modelList = declare({
  path: ['model', 'list'],
  summary: 'List the models with the metrics of the policy, which one is active, and which may serve',
  flags: {
    sort: {
      type: 'string',
      value: 'METRIC|created_at|id',
      describe: 'Order of the rows, largest or newest first (default: as the policy ranks them)',
    },
    ascending: { type: 'boolean', describe: 'Smallest or oldest first; needs --sort' },
    ...LIST_FLAGS,
  },
  examples: [
    ['taskclf model list', 'the best by policy first; * is the active one'],
    ['taskclf model list --sort created_at --all', 'newest first, invalid ones too, with the reasons'],
    ['taskclf model list --columns macro_f1,weighted_f1 --eligible', 'two metrics of what could serve'],
  ],
})
