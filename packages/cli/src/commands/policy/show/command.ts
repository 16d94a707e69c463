import { declare } from '../../../command.js'

export const policyShow = declare({
  path: ['policy', 'show'],
  summary:
    'Print a policy, whole, what it extends filled in: the one that would apply here, or the one named',
  words: [{ name: 'FILE|PRESET', describe: 'a preset, or a policy file', arity: 'optional' }],
  flags: {},
  examples: [
    ['taskclf policy show', 'the policy that would apply here'],
    ['taskclf policy show ungated', 'a preset'],
  ],
})
