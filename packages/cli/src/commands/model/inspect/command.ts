import { declare } from '../../../command.js'
import { LOADER_FLAG } from '../../shared/loader-flag.js'

export const modelInspect = declare({
  path: ['model', 'inspect'],
  summary: 'Show everything known of one model, and how it does at each gate',
  words: [
    {
      name: 'MODEL_ID',
      describe: 'the name as in taskclf model list, or as much of it as only one has',
      arity: 'one',
    },
  ],
  flags: {
    ...LOADER_FLAG,
    importance: {
      type: 'boolean',
      describe: 'Also how much each column was used in training: gain and splits',
    },
  },
  examples: [
    ['taskclf model inspect 2026-03-02_031009_run-8935', 'metadata, metrics, classes, gates'],
    ['taskclf model inspect 2026-03-02_031009_run-8935 --importance', 'and how much each column was used'],
    ['taskclf model inspect 2026-03-02_031009_run-8935 --json', 'the same as JSON, documents included'],
  ],
})
