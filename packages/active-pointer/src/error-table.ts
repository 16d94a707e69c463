import { codeTable } from '@taskclf/errors'

/** What can go wrong in switching: every code of an `ActivePointerError`. */
export const ACTIVE_POINTER_ERRORS = /* @__PURE__ */ codeTable({
  conflict: {
    what: 'The pointer is no longer the one that was expected: somebody else switched first. Nothing was switched.',
    hint: 'look with `taskclf model history`, then decide again',
  },
  lock_timeout: {
    what: 'A living writer did not let go in time. Nothing was switched.',
    hint: 'try again; `taskclf doctor` says who holds the lock',
  },
  lock_foreign_owner: {
    what: "The lock's owner is on another machine, or on an earlier boot of one without a machine id. Such a lock is never broken. Nothing was switched.",
    hint: 'if that owner is gone for certain, remove the directory that the message names',
  },
  overtaken: {
    what: 'This process held the lock too long (stopped, or on a very slow disk): another may have taken over. Nothing was switched.',
    hint: 'look with `taskclf model history`, then decide again',
  },
  pointer_is_a_link: {
    what: 'active.json is a link, as mounted volumes have it: the link decides which model serves. Nothing was switched.',
    hint: 'switch where the link leads to, or replace the link by the file',
  },
  durability_unknown: {
    what: 'The pointer was switched, but the last sync failed: a power loss may bring the old one back.',
    hint: 'check the file system before relying on it; switching again makes certain',
  },
  no_active_pointer: {
    what: 'There is neither a readable active.json nor a history to go back in.',
    hint: '`taskclf model select --activate` or `taskclf infer resolve --repair` writes one',
  },
  nothing_to_roll_back_to: {
    what: 'No earlier pointer can still serve; `details.passedOver` says why.',
    hint: '`taskclf model history` shows what there was, and the message why each is passed over',
  },
  unknown_revision: {
    what: 'That revision was never active.',
    hint: '`taskclf model history` lists the revisions',
  },
  target_not_usable: {
    what: "That revision's model is active now, missing or invalid.",
    hint: '`taskclf model history` shows the others',
  },
  bundle_not_promoted: {
    what: 'The bundle is not directly inside the models dir.',
    hint: 'publish it first: `taskclf train promote DIR`',
  },
  is_active: {
    what: 'The model is the active one, which cannot be withdrawn. Nothing was switched.',
    hint: '`taskclf model rollback` leaves it, or `taskclf model set-active` activates another: either withdraws it',
  },
  invalid_pointer: {
    what: 'What was to be written is not a pointer that a reader would accept. Nothing was switched.',
    hint: 'correct what the message names: an id, a reason, an actor',
  },
  unsupported_version: {
    what: 'active.json, or its line in the history, is of a later version of its format. Nothing was switched.',
    hint: 'upgrade taskclf to the version that wrote it',
  },
  io: {
    what: 'The system failed (disk, network, limits, permissions), so nothing was decided; the old pointer remains.',
    hint: 'look at `details.errno` and the `cause`, then try again',
  },
})

/** What can be wrong with active.json. */
export const POINTER_PROBLEMS = /* @__PURE__ */ codeTable({
  unreadable: {
    what: 'The system refuses to open or read active.json.',
    hint: 'check permissions and the disk',
  },
  not_a_file: {
    what: 'A directory, FIFO, socket or device is where active.json belongs.',
    hint: 'remove it, then make a model active: `taskclf model set-active`',
  },
  symlink_escape: {
    what: 'active.json is a link that leaves the models dir, or leads nowhere.',
    hint: 'replace the link by the file',
  },
  too_large: {
    what: 'active.json is larger than 16 MiB; it was not read.',
    hint: 'remove it, then make a model active: `taskclf model set-active`',
  },
  malformed_json: {
    what: 'active.json is not JSON.',
    hint: '`taskclf infer resolve --repair` or `taskclf model set-active` writes it again',
  },
  duplicate_key: {
    what: 'A key occurs twice in active.json; readers disagree about which one counts.',
    hint: '`taskclf infer resolve --repair` or `taskclf model set-active` writes it again',
  },
  unsupported_version: {
    what: 'active.json is of a later version of its format, which is not guessed at.',
    hint: 'upgrade taskclf to the version that wrote it; until then nothing is switched',
  },
  schema_violation: {
    what: 'A value of active.json has the wrong type, or a required key is absent.',
    hint: '`taskclf infer resolve --repair` or `taskclf model set-active` writes it again',
  },
  unsafe_model_dir: {
    what: '`model_dir` in active.json is absolute, or could lead out of the models dir.',
    hint: '`taskclf infer resolve --repair` or `taskclf model set-active` writes it again',
  },
  model_dir_mismatch: {
    what: '`model_dir` in active.json does not end in its `model_id`.',
    hint: '`taskclf infer resolve --repair` or `taskclf model set-active` writes it again',
  },
  target_escapes: {
    what: 'active.json points to a link that leaves the models dir.',
    hint: 'put the bundle itself into the models dir: `taskclf train promote DIR`',
  },
})
