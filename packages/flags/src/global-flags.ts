/** Flags that every command takes. */
export const GLOBAL_FLAGS = {
  'models-dir': {
    type: 'string',
    value: 'DIR',
    describe: 'The models directory (TASKCLF_MODELS_DIR; default ./models)',
  },
  model: {
    type: 'string',
    value: 'NAME',
    describe: 'The family of models, of those in the configuration (TASKCLF_MODEL)',
  },
  config: {
    type: 'string',
    value: 'FILE',
    describe: 'The configuration (TASKCLF_CONFIG; default taskclf.config.json, found upward)',
  },
  policy: {
    type: 'string',
    value: 'FILE|PRESET',
    describe: 'Selection policy: a preset or a JSON file (TASKCLF_POLICY)',
  },
  'schema-hash': {
    type: 'list',
    value: 'HASH',
    describe: 'Feature schema hash to accept; repeat in order of preference (TASKCLF_SCHEMA_HASH)',
  },
  'feature-schema': {
    type: 'string',
    value: 'FILE',
    describe: 'Feature schema whose hash to accept (TASKCLF_FEATURE_SCHEMA)',
  },
  'label-set': {
    type: 'string',
    value: 'A,B,…',
    describe: 'Labels a model must have, no more and no less (TASKCLF_LABEL_SET)',
  },
  actor: {
    type: 'string',
    value: 'NAME',
    describe: 'Who switches, for the history (TASKCLF_ACTOR; default your user name)',
  },
  json: { type: 'boolean', describe: 'One JSON document on standard output' },
  quiet: { type: 'boolean', describe: 'No notes and no warnings on standard error; errors are printed' },
  'no-color': { type: 'boolean', describe: 'No colour, also on a terminal (NO_COLOR)' },
  debug: { type: 'boolean', describe: 'Show the stack of an error' },
} as const
