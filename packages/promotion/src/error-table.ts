import { codeTable } from '@taskclf/errors'

/** What can stop a promotion: every code of a `PromotionError`. A candidate that is refused is an answer instead. */
export const PROMOTION_ERRORS = /* @__PURE__ */ codeTable({
  candidate_invalid: {
    what: 'The candidate breaks the bundle contract; `problems` has everything. Nothing was published.',
    hint: 'correct everything that `problems` lists',
    page: 'model_bundle_layout.md',
  },
  candidate_changed: {
    what: 'A file of the candidate changed between judging and copying. Nothing was published.',
    hint: 'let the trainer finish, then promote again',
  },
  already_promoted: {
    what: 'The candidate is in the models dir already.',
    hint: 'switch to it: `taskclf model set-active --model-id ID`',
  },
  id_taken: {
    what: 'Something of that name is in the models dir already, if only an empty directory. Nothing was published.',
    hint: 'give the candidate another `model_id`; published bundles are never replaced',
  },
  invalid_policy: {
    what: 'The policy is not valid.',
    hint: 'correct everything that `details` lists; `taskclf policy check FILE` says the same',
  },
  invalid_cadence: {
    what: 'The cadence is not valid; `details` says where.',
    hint: 'give a duration, or `daily`, `weekly`, `monthly`',
  },
  pointer_corrupt: {
    what: 'active.json cannot be used, so there is nothing to compare with or to switch.',
    hint: '`taskclf doctor` says why; `taskclf infer resolve --repair` or `taskclf model set-active` writes it again',
  },
  champion_unusable: {
    what: 'The active model, the champion, is missing or invalid, was changed since it was activated, or does not load. Nothing was published.',
    hint: '`taskclf model inspect ID` shows the damage; repair it, switch to another, or pass `ignoreChampion` (`--ignore-champion`) to compare with none',
  },
  champion_metric_absent: {
    what: 'The champion has no finite number at the metric by which candidates are compared. Nothing was published.',
    hint: 'pass `ignoreChampion` (`--ignore-champion`) once, the next champion has the metric; or rank by one that the champion has',
  },
  lock_timeout: {
    what: 'Another publisher or switcher did not let go in time; `result` says whether the bundle is published.',
    hint: 'try again; `taskclf doctor` says who holds the lock',
  },
  lock_foreign_owner: {
    what: 'The owner of the lock is on another machine, or on an earlier boot of one without a machine id. Such a lock is never broken; `result` says whether the bundle is published.',
    hint: 'if that owner is gone for certain, remove the directory that the message names',
  },
  publish_failed: {
    what: 'The file system refused while the bundle was being published. Nothing is visible.',
    hint: 'look at the `cause` (disk full, permissions), then promote again',
  },
  durability_unknown: {
    what: 'Everything was written, but the last sync failed: a power loss may undo what `result` says was done.',
    hint: 'check the file system before relying on it; promoting again makes certain',
  },
  conflict: {
    what: 'The bundle is published, but the pointer changed at every attempt to switch.',
    hint: 'look with `taskclf model history`, then switch with `taskclf model select --activate`',
  },
  switch_failed: {
    what: 'The bundle is published, but the pointer could not be written; the old one remains.',
    hint: '`taskclf model select --activate` switches to the best when the file system works',
  },
  load_failed: {
    what: 'The model file cannot be read or loaded; `cause` says why.',
    hint: 'correct the model, or give a loader that loads it',
  },
  load_timed_out: {
    what: 'The model was not loaded within the time that a check allows.',
    hint: 'look at the model and the machine, then allow more time or publish a smaller model',
  },
  self_test_failed: {
    what: 'The model does not answer what it did when it was published.',
    hint: 'do not let it serve: the runtime has another version, or a file is damaged',
  },
  integrity_mismatch: {
    what: 'A file is not what the manifest says.',
    hint: 'restore the file, or make the candidate again',
  },
  not_checked: {
    what: 'No loader here can load the artifact of the bundle, so nothing could be tried before it serves.',
    hint: 'give a loader, or allow it on purpose with `--unchecked`; the history records that it was not tried',
  },
  io: {
    what: 'The system failed (disk, network, limits, permissions) where something had to be read; `result` says whether the bundle is published.',
    hint: 'look at `details.errno` and the `cause`, then try again',
  },
})
