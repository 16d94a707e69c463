import type { Declaration } from '@taskclf/flags'

const example = (line: string) => [[line, 'an example']] as const

/** A small program: groups, words of every arity, flags of every type. */
export const COMMANDS: readonly Declaration[] = [
  {
    path: ['train', 'list'],
    summary: 'List the models',
    flags: {
      all: { type: 'boolean', describe: 'Excluded ones, too' },
      sort: { type: 'string', choices: ['macro_f1', 'weighted_f1'], describe: 'What to sort by' },
    },
    examples: example('taskclf train list --sort macro_f1'),
  },
  {
    path: ['model', 'inspect'],
    summary: 'Show one model',
    words: [{ name: 'MODEL_ID', describe: 'the model', arity: 'one' }],
    flags: {},
    examples: example('taskclf model inspect run-1'),
  },
  {
    path: ['model', 'set-active'],
    summary: 'Make a model active',
    flags: {
      'model-id': { type: 'string', value: 'ID', describe: 'The model', required: true },
      note: { type: 'string', describe: 'Why' },
      force: { type: 'boolean', describe: 'Past its gates' },
      'expect-revision': { type: 'integer', value: 'N', describe: 'The revision before' },
    },
    examples: example('taskclf model set-active --model-id run-1'),
  },
  {
    path: ['model', 'verify'],
    summary: 'Check the digests of models',
    words: [{ name: 'MODEL_ID', describe: 'the models', arity: 'many' }],
    flags: { to: { type: 'integer', min: 1, max: 9, describe: 'How many at once' } },
    examples: example('taskclf model verify run-1 run-2'),
  },
  {
    path: ['policy', 'show'],
    summary: 'Show a policy',
    words: [{ name: 'FILE|PRESET', describe: 'the policy', arity: 'optional' }],
    flags: {},
    examples: example('taskclf policy show latest'),
  },
  {
    path: ['completion'],
    summary: 'Print a script',
    words: [{ name: 'SHELL', describe: 'the shell', arity: 'optional', choices: ['bash', 'zsh'] }],
    flags: {},
    hasNoJson: true,
    examples: example('taskclf completion bash'),
  },
]
