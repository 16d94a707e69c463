import { defineCommand } from '../../../command.js'
import { POLICY_INIT_FLAGS } from './flags.js'

export const policyInit = defineCommand({
  path: ['policy', 'init'],
  summary: 'Write a policy file to start from: the default policy, or the one named by --policy',
  words: [{ name: 'FILE', describe: 'the file to write (default policy.json)', arity: 'optional' }],
  flags: POLICY_INIT_FLAGS,
  examples: [
    ['taskclf policy init', 'policy.json with every key'],
    ['taskclf policy init lenient.json --policy ungated', 'start from a preset'],
  ],
  load: () => import('./run.js'),
})
