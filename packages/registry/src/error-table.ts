import { codeTable } from '@taskclf/errors'

/** Why something that was asked of a registry was refused: every code of a `RegistryUseError`. */
export const REGISTRY_USE_ERRORS = /* @__PURE__ */ codeTable({
  unknown_model: {
    what: 'There is no such model in the models dir.',
    hint: '`taskclf train list --all` shows which there are',
  },
  ambiguous_model: {
    what: 'Several ids begin with what was given for one.',
    hint: 'give as much of the id as only one has; the message lists the candidates',
  },
  unknown_family: {
    what: 'There is no family of models with that name.',
    hint: 'name one that was given; the message has the nearest',
  },
  unknown_revision: {
    what: 'No line of the history has that revision.',
    hint: '`taskclf model history` lists the revisions',
  },
  invalid_bundle: {
    what: 'The bundle is not valid.',
    hint: 'correct everything that the message lists; nothing goes past validity',
    page: 'model_bundle_layout.md',
  },
  published_bundle: {
    what: 'Something was to be written into a published bundle, one with a manifest.json, or into a models dir.',
    hint: 'work on a copy elsewhere, without its manifest.json, and promote that',
  },
  file_exists: {
    what: 'The file that was to be written is there already.',
    hint: 'give another name; `force` replaces it where there is such a flag',
  },
  incompatible: {
    what: 'The model has another feature schema or label set than is required.',
    hint: 'choose another, or correct what is required; `force` goes past compatibility',
  },
  metric_absent: {
    what: 'The bundle lacks a metric that the policy names, or has it as another kind of value.',
    hint: 'name a metric that the bundles have, or write a policy over them: `taskclf policy init`; `force` activates one without the metric',
  },
  no_models: {
    what: 'A policy was to be written over the metrics of models, and there is no valid model.',
    hint: 'name a metric (`--metric auc --higher`), or a preset (`--policy latest`)',
  },
  invalid_gate: {
    what: 'What was given as a gate is not one.',
    hint: "write NAME >= NUMBER, NAME <= NUMBER or NAME = VALUE, in quotes: `--gate 'auc >= 0.7'`",
  },
  only_in_models_dir: {
    what: 'What was requested exists in a models dir alone, and this registry is in another store.',
    hint: 'ask it of a models dir; a store elsewhere has no such files',
  },
  import_incomplete: {
    what: 'Something that a candidate needs was neither given nor is it in the model file.',
    hint: 'give everything that the message lists; `taskclf import --help` has examples',
    page: 'guides/importing.md',
  },
  import_contradicts: {
    what: 'What was given for a candidate contradicts its model file, or the documents beside it.',
    hint: 'leave out or correct one of the two that the message names',
    page: 'guides/importing.md',
  },
  no_model_file: {
    what: 'There is no file that a loader is for, or several of them.',
    hint: 'name the model file itself; `--loader` brings a loader for others',
    page: 'guides/importing.md',
  },
  invalid_metric: {
    what: 'What was given as a metric is not one.',
    hint: 'write NAME=NUMBER or the name of a JSON file: `--metrics auc=0.87`',
  },
  file_unreadable: {
    what: 'A file that was named cannot be read.',
    hint: 'check the path and its permissions',
  },
  gate_failed: {
    what: 'The model does not pass a gate of the policy.',
    hint: 'choose another, or another policy; `force` goes past gates, never past validity',
  },
})
