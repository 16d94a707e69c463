import { defineCommand } from '../../../command.js'
import { MODEL_VERIFY_FLAGS } from './flags.js'

export const modelVerify = defineCommand({
  path: ['model', 'verify'],
  summary:
    'Check that models are whole and load: every digest, the figures against the matrix, the self-test',
  words: [{ name: 'MODEL_ID', describe: 'models to check; without any, all of them', arity: 'many' }],
  flags: MODEL_VERIFY_FLAGS,
  examples: [
    ['taskclf model verify', 'every model'],
    ['taskclf model verify --no-load', 'compare the files, load nothing'],
    ['taskclf model verify 2026-03-02_031009_run-8935', 'one model'],
  ],
  load: () => import('./run.js'),
})
