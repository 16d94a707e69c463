/** What to do next, where the sentence of the error alone does not say it. */
export const HINTS: Readonly<Record<string, string | undefined>> = {
  models_dir_missing: 'give --models-dir, or set models_dir in taskclf.config.json',
  models_dir_not_a_directory: 'give --models-dir the directory that holds the bundles',
  conflict: 'look with taskclf model history, then decide again',
  overtaken: 'look with taskclf model history, then decide again',
  nothing_to_roll_back_to: 'taskclf model history shows what there was',
  unknown_revision: 'taskclf model history lists the revisions',
  no_eligible_model: 'taskclf doctor says which gate is to blame',
  champion_unusable: 'taskclf model inspect shows the damage; --ignore-champion goes past it',
  champion_metric_absent: '--ignore-champion goes past it, once: the next champion has the metric',
  pointer_corrupt:
    'taskclf doctor says what is wrong; infer resolve --repair or model set-active writes it anew',
  active_bundle_missing: 'bring the bundle back, or make another model active with taskclf model set-active',
  bundle_invalid: 'taskclf model inspect shows the damage; model rollback or set-active leaves it',
  bundle_incompatible: 'taskclf model set-active makes one active that fits',
  fallback_ambiguous: 'give --schema-hash or --feature-schema, or make a model active with model set-active',
  repair_refused: 'taskclf model rollback or model set-active replaces it',
  already_promoted: 'taskclf model set-active makes it the active model',
  not_checked:
    'give a loader for its artifact, or --unchecked to let it serve untried; the history will say so',
  lock_timeout: 'taskclf doctor says who holds the lock',
  lock_foreign_owner: 'taskclf doctor says who holds the lock',
  switch_failed: 'the bundle is published; taskclf model select --activate switches to the best',
  unknown_profile: 'profiles stand in taskclf.config.json',
  invalid_profile: 'profiles stand in taskclf.config.json',
  run_not_found: 'taskclf runs list shows which there are',
  durability_unknown:
    'what was written is in place; look at the file system before relying on it after a power loss',
}
