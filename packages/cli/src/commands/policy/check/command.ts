import { defineCommand } from '../../../command.js'

export const policyCheck = defineCommand({
  path: ['policy', 'check'],
  summary: 'Check a policy file and name everything that is wrong with it',
  words: [{ name: 'FILE', describe: 'the policy file', arity: 'one' }],
  flags: {},
  examples: [['taskclf policy check policy.json', 'exit code 1 when anything is wrong']],
  load: async () => ({ ...(await import('./run.js')), ...(await import('./text.js')) }),
})
