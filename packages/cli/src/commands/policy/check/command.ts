import { declare } from '../../../command.js'

export const policyCheck = declare({
  path: ['policy', 'check'],
  summary: 'Check a policy, and whether the bundles have the metrics that it names',
  words: [{ name: 'FILE', describe: 'the policy file (default: what would apply here)', arity: 'optional' }],
  flags: {},
  examples: [
    ['taskclf policy check policy.json', 'exit code 1 when anything is wrong'],
    ['taskclf policy check --models-dir models', 'the policy that would apply here, against these bundles'],
  ],
})
