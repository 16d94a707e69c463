import { declare } from '../../../command.js'
import { LOADER_FLAG } from '../../shared/loader-flag.js'

export const modelVerify = declare({
  path: ['model', 'verify'],
  summary:
    'Check that models are whole and load: every digest, the figures against the matrix, the self-test',
  words: [{ name: 'MODEL_ID', describe: 'models to check; without any, all of them', arity: 'many' }],
  flags: {
    ...LOADER_FLAG,
    'no-load': { type: 'boolean', describe: 'Compare the files only; do not load the models' },
  },
  examples: [
    ['taskclf model verify', 'every model'],
    ['taskclf model verify --no-load', 'compare the files, load nothing'],
    ['taskclf model verify 2026-03-02_031009_run-8935', 'one model'],
  ],
})
