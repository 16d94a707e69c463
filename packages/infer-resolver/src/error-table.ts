import { codeTable } from '@taskclf/errors'

/** What can go wrong in resolving: every code of a `ResolveError`. */
export const RESOLVE_ERRORS = /* @__PURE__ */ codeTable({
  no_eligible_model: {
    what: 'No bundle may serve.',
    hint: '`taskclf doctor` says which gate is to blame; `exclusions` has every bundle with its reasons',
  },
  override_invalid: {
    what: 'The directory given as the override is not a usable bundle.',
    hint: '`details.problems` lists what is wrong',
  },
  nothing_to_resolve: {
    what: 'Neither a model dir nor a models dir was given.',
    hint: 'give one of them',
  },
  active_bundle_missing: {
    what: 'The bundle that active.json names is not in the models dir.',
    hint: 'bring it back, or make another active with `taskclf model set-active`; `onBrokenPointer` (`--on-broken`) says what a start does meanwhile',
  },
  pointer_corrupt: {
    what: 'active.json cannot be used.',
    hint: '`taskclf doctor` says why; `taskclf infer resolve --repair` or `taskclf model set-active` writes it again',
  },
  bundle_invalid: {
    what: 'The active bundle is not valid.',
    hint: '`taskclf model verify ID` lists what is wrong; `taskclf model rollback` or `set-active` leaves it',
  },
  bundle_incompatible: {
    what: 'The active model has another feature schema or label set than this service requires.',
    hint: 'make one active that fits: `taskclf model set-active`',
  },
  fallback_ambiguous: {
    what: 'The active model is missing, and nothing says which feature schema its stand-in must have.',
    hint: 'require a schema (`--feature-schema`, `--schema-hash`), or make a model active',
  },
  repair_refused: {
    what: 'A repair would have replaced a model that somebody chose and that is there, but broken.',
    hint: 'switch to another model or roll back (`taskclf model set-active`, `rollback`); a repair is for pointers and models that are lost',
  },
  io: {
    what: 'The system failed (disk, network, limits, permissions), so nothing was decided.',
    hint: 'look at the `cause`, then try again',
  },
})

/** What can go wrong in reloading: every code of a `ReloadError`. */
export const RELOAD_ERRORS = /* @__PURE__ */ codeTable({
  pointer_absent: {
    what: 'active.json is gone while a service runs.',
    hint: 'write it again: `taskclf model select --activate`; the old model serves until then',
  },
  pointer_corrupt: {
    what: 'active.json cannot be used while a service runs.',
    hint: '`taskclf doctor` says why; the old model serves until it is repaired',
  },
  active_bundle_missing: {
    what: 'The bundle that active.json names is not in the models dir.',
    hint: 'bring it back, or make another active with `taskclf model set-active`; the old model serves until then',
  },
  models_dir_unusable: {
    what: 'The models dir cannot be opened while a service runs on it.',
    hint: 'bring it back; the old model serves until then',
  },
  bundle_invalid: {
    what: 'The active bundle is not valid.',
    hint: '`taskclf model verify ID` lists what is wrong; the old model serves until the pointer or the bundle changes',
  },
  bundle_incompatible: {
    what: 'The active model has another feature schema or label set than this service requires.',
    hint: 'switch to a model that fits: `taskclf model set-active`; the old one serves until then',
  },
  integrity_mismatch: {
    what: 'A file is not what the manifest says, or the bundle is not what was activated.',
    hint: 'restore the file, or switch to another model; the old one serves until then',
  },
  changed_while_loading: {
    what: 'The bundle changed while it was being loaded.',
    hint: 'nothing: it is tried again; publish a new bundle instead of writing into a published one',
  },
  load_failed: {
    what: '`load` threw; `cause` says why.',
    hint: 'switch to a model that loads; the old one serves until then',
  },
  load_timed_out: {
    what: '`load` or `selfTest` did not end within `loadTimeoutMs`.',
    hint: 'look at the model and the machine, then allow more time or publish a smaller model',
  },
  self_test_failed: {
    what: '`selfTest` threw; `cause` says why.',
    hint: 'switch to another model: the runtime has another version, or a file is damaged; the old one serves until then',
  },
  io: {
    what: 'The system failed (disk, network, limits, permissions) while a service looked for its model; the old one serves.',
    hint: 'look at the `cause`; it is tried again',
  },
  dispose_failed: {
    what: '`dispose` threw; `cause` says why. The new model serves.',
    hint: 'correct the `dispose` that was passed in; memory may leak until then',
  },
  close_timed_out: {
    what: 'Requests or holds still ran when the time for closing was over; their models are let go when they end.',
    hint: 'release holds before closing, or allow more time',
  },
  closed: {
    what: '`use` or `hold` was called after `close`.',
    hint: 'finish requests before closing',
  },
})
