import { codeTable } from '@taskclf/errors'

/** Why settings cannot be taken: every code of a `SettingsError`. */
export const SETTINGS_ERRORS = /* @__PURE__ */ codeTable({
  usage: {
    what: 'Flags, variables and configuration do not make sense together.',
    hint: 'see `--help` for what each of them says',
  },
  config_missing: {
    what: 'There is no configuration where `--config` or TASKCLF_CONFIG points.',
    hint: 'correct the path, or leave it out to have the file found upward',
  },
  config_invalid: {
    what: 'taskclf.config.json is not valid.',
    hint: 'correct the keys that the message names',
  },
  unknown_family: {
    what: 'The configuration has no family of models with that name.',
    hint: 'name one that is in `models` of taskclf.config.json; the message has the nearest',
  },
  loader_unusable: {
    what: 'A loader of model files is not there, or is outside the directory of its configuration.',
    hint: 'name a module below taskclf.config.json, or an installed package, whose default export is what loads',
  },
  policy_missing: {
    what: 'There is no policy file where the flag or setting points.',
    hint: 'correct the path, or name a preset: `default`, `ungated`, `classification`, `latest`',
  },
  policy_incomplete: {
    what: 'The policy leaves out its gates, what it ranks by, or a tolerance that nobody can guess.',
    hint: 'write what is missing, or `"extends"` with a preset; `taskclf policy init` writes a policy for the metrics of your bundles',
  },
  policy_invalid: {
    what: 'The policy is not valid.',
    hint: '`taskclf policy check FILE` lists every violation',
  },
  feature_schema_missing: {
    what: 'There is no feature schema where the flag or setting points.',
    hint: 'correct `--feature-schema`, TASKCLF_FEATURE_SCHEMA or `feature_schema`',
  },
  feature_schema_invalid: {
    what: 'The file is not a feature schema, or states a hash that its columns do not have.',
    hint: 'correct the columns, or take the hash out to have it computed',
  },
  file_unreadable: {
    what: 'A file that was named cannot be read.',
    hint: 'check the path and its permissions',
  },
})
