import { declare } from '../../command.js'
import { LOADER_FLAG } from '../shared/loader-flag.js'

export const importCommand = declare({
  path: ['import'],
  summary: 'Make a candidate of a model file: of what is given, and what the file itself says',
  words: [
    {
      name: 'FILE|DIR',
      describe: 'a model.txt, an .onnx, anything with a loader; or where one is',
      arity: 'one',
    },
    { name: 'NAME=NUMBER', describe: 'more metrics', arity: 'many' },
  ],
  flags: {
    metrics: {
      type: 'list',
      value: 'NAME=NUMBER|FILE',
      describe: 'What the model measured: figures, or a JSON file; may be repeated. Nothing is guessed',
    },
    'created-at': {
      type: 'string',
      value: 'T',
      describe: 'When the model was trained (default: when its file was written last, which is said)',
    },
    'label-set': {
      type: 'string',
      value: 'FILE|A,B,…',
      describe: 'What its classes are called, in the order of its outputs: a file, or the labels',
    },
    schema: { type: 'string', value: 'FILE', describe: 'The feature schema that it was trained on' },
    task: {
      type: 'string',
      choices: ['classification', 'regression', 'scores'],
      describe: 'What it answers, where its file does not say',
    },
    id: {
      type: 'string',
      value: 'ID',
      describe: 'The id that it is to have (default: found at its promotion)',
    },
    out: {
      type: 'string',
      value: 'DIR',
      required: true,
      describe: 'The candidate to make; nothing may be there',
    },
    ...LOADER_FLAG,
  },
  examples: [
    ['taskclf import model.txt --metrics auc=0.87 --out imported', 'a LightGBM model'],
    ['taskclf import candidate --id mine --out imported', 'a directory with a model and its documents'],
  ],
})
