import { declare } from '../../../command.js'

export const policyInit = declare({
  path: ['policy', 'init'],
  summary: 'Write a policy file to start from: the default policy, or the one named by --policy',
  words: [{ name: 'FILE', describe: 'the file to write (default policy.json)', arity: 'optional' }],
  flags: {
    force: { type: 'boolean', describe: 'Replace the file where there is one' },
  },
  examples: [
    ['taskclf policy init', 'policy.json with every key'],
    ['taskclf policy init lenient.json --policy ungated', 'start from a preset'],
  ],
})
