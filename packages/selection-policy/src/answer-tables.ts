import { codeTable } from '@taskclf/errors'

/** Why a gate does not pass. */
export const GATE_ANSWERS = /* @__PURE__ */ codeTable({
  metric_absent: {
    what: 'metrics.json lacks a metric that the policy has a gate on, or has it as another kind of value.',
    hint: 'name a metric that the bundle has, have the trainer write it, or write a policy for your metrics: `taskclf policy init`',
  },
  below_min: {
    what: "A gate's metric is below its `min`.",
    hint: 'train a better model, or change the bound on purpose in the policy; the numbers are beside the code',
  },
  above_max: {
    what: "A gate's metric is above its `max`.",
    hint: 'train a better model, or change the bound on purpose in the policy; the numbers are beside the code',
  },
  not_equal: {
    what: "A gate's metric is not what its `equals` asks for.",
    hint: 'look at the value beside the code; for `acceptance_pass` the checks that failed are in `acceptance_checks` of metrics.json',
  },
})

/** Why a bundle does not fit what is required. */
export const INCOMPATIBLE_ANSWERS = /* @__PURE__ */ codeTable({
  schema_hash_absent: {
    what: 'The bundle does not say which feature schema it was trained on, and one is required.',
    hint: 'have the trainer write `schema_hash`, or require no schema',
  },
  schema_hash_mismatch: {
    what: 'The bundle was trained on another feature schema than is accepted.',
    hint: 'train on the schema that the service uses, or accept this one, too: `--schema-hash`, `schemas`',
  },
  schema_version_contradiction: {
    what: "The feature schema's hash is accepted, but the bundle states another version for it.",
    hint: 'correct `schema_version` in metadata.json, or the version that is required',
  },
  label_set_absent: {
    what: 'Labels are required, and the bundle states none.',
    hint: 'have the trainer write `label_set`, or `label_names` in metrics.json',
  },
  label_set_mismatch: {
    what: 'The bundle has other labels than are required.',
    hint: 'train with those labels, or change what is required: `--label-set`',
  },
})

/** Why a bundle is passed over that is valid, fits, and passes every gate. */
export const EXCLUSION_ANSWERS = /* @__PURE__ */ codeTable({
  withdrawn: {
    what: 'A rollback or a manual switch left this model; nothing automatic goes back to it.',
    hint: 'activate it again when it may serve: `taskclf model set-active --model-id ID`',
  },
  superseded_schema: {
    what: 'An eligible model of a feature schema that is preferred takes precedence.',
    hint: 'nothing; `schemas` is an order of preference',
  },
})

/** Why a candidate may follow the champion, or may not. */
export const REGRESSION_ANSWERS = /* @__PURE__ */ codeTable({
  within_tolerance: {
    what: 'The candidate is at most `regression_tolerance` worse than the champion.',
    hint: 'nothing: it passed',
  },
  regressed: {
    what: 'The candidate is worse than the champion by more than `regression_tolerance`.',
    hint: 'train a better model, or raise the tolerance on purpose',
  },
  metric_absent: {
    what: 'The candidate has no finite number at the metric by which it would be compared.',
    hint: 'have the trainer write the metric, or rank by one that the candidate has',
  },
  champion_metric_absent: {
    what: 'The champion has no finite number at the metric by which candidates are compared.',
    hint: 'pass `ignoreChampion` (`--ignore-champion`) once, the next champion has the metric; or rank by one that the champion has',
  },
  not_like_for_like: {
    what: '`same_eval_dataset` is set, and candidate and champion do not state the same `eval_dataset_id`.',
    hint: 'evaluate both on the same data, and state it in metrics.json',
  },
  not_compared: {
    what: 'The policy ranks by no metric, so the candidate was compared with no champion.',
    hint: 'nothing, if that is meant; else rank by a metric',
  },
})

/** Why the active model changes, or stays. */
export const SWITCH_ANSWERS = /* @__PURE__ */ codeTable({
  no_candidate: {
    what: 'Nothing is eligible, so there is nothing to switch to.',
    hint: 'see `taskclf model select` for the reasons of every model',
  },
  no_incumbent: {
    what: 'Nothing is active, so the best becomes active.',
    hint: 'nothing: it is switched to',
  },
  incumbent_ineligible: {
    what: 'The active model may not serve any more, so the best takes its place.',
    hint: 'nothing: it is switched; its reasons are given',
  },
  same_model: {
    what: 'The best is active already.',
    hint: 'nothing: it stays',
  },
  not_outranking: {
    what: 'The best does not rank before the active model.',
    hint: 'nothing: the active one stays',
  },
  gain_too_small: {
    what: 'The best ranks before the active model, but gains less than `min_improvement`.',
    hint: 'nothing, or lower `min_improvement`',
  },
  other_schema: {
    what: 'The model takes other features than the one that was active.',
    hint: 'if that is meant, use `taskclf model set-active` or state the schema (`--feature-schema`, `--schema-hash`); else train one of the same schema',
  },
  other_labels: {
    what: 'The model answers other labels than the one that was active.',
    hint: 'if that is meant, use `taskclf model set-active` or state the labels (`--label-set`); else train one of the same labels',
  },
  better: {
    what: 'The best ranks before the active model and gains enough.',
    hint: 'nothing: it is switched to',
  },
})
