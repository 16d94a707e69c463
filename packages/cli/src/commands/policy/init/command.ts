import { declare } from '../../../command.js'

export const policyInit = declare({
  path: ['policy', 'init'],
  summary: 'Write a policy over the metrics that the bundles have, over those that are named, or a preset',
  words: [{ name: 'FILE', describe: 'the file to write (default policy.json)', arity: 'optional' }],
  flags: {
    metric: { type: 'string', value: 'NAME', describe: 'Rank by this metric; with --higher or --lower' },
    higher: { type: 'boolean', describe: 'Its largest value is the best' },
    lower: { type: 'boolean', describe: 'Its least value is the best' },
    gate: { type: 'list', value: 'TEXT', describe: "A gate, 'auc >= 0.7', 'rmse <= 5'; repeat for more" },
    force: { type: 'boolean', describe: 'Replace the file where there is one' },
  },
  examples: [
    ['taskclf policy init', 'policy.json over the metrics that the bundles share'],
    [
      "taskclf policy init --metric macro_f1 --higher --gate 'macro_f1 >= 0.7'",
      'over a metric that is named',
    ],
    ['taskclf policy init lenient.json --policy ungated', 'start from a preset'],
  ],
})
