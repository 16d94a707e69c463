import { defineCommand } from '../../../command.js'

export const modelVerify = defineCommand({
  path: ['model', 'verify'],
  summary: 'Check that models are whole: every digest, and the figures against the confusion matrix',
  words: [{ name: 'MODEL_ID', describe: 'models to check; without any, all of them', arity: 'many' }],
  flags: {},
  examples: [
    ['taskclf model verify', 'every model'],
    ['taskclf model verify 2026-03-02_031009_run-8935', 'one model'],
  ],
  load: async () => ({ ...(await import('./run.js')), ...(await import('./text.js')) }),
})
