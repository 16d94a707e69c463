import { codeTable } from '@taskclf/errors'

/** What can go wrong with files: every code of a `DurableFsError`. */
export const DURABLE_FS_ERRORS = /* @__PURE__ */ codeTable({
  read_failed: {
    what: 'A file is missing, unreadable or not a regular file.',
    hint: 'check the path and its permissions',
  },
  write_failed: {
    what: 'Nothing was replaced; `cause` is the error of the system.',
    hint: 'free space or correct permissions, then write again',
  },
  target_is_a_link: {
    what: 'A file was to be replaced, and a link is in its place. Nothing was written.',
    hint: 'write to what the link points to, or remove the link',
  },
  append_failed: {
    what: 'Lines could not be appended; they may be there in part, or whole and unsynced.',
    hint: 'look at the `cause` (disk full, permissions), then append again: a torn line is ended before the next',
  },
  durability_unknown: {
    what: 'Everything was written and is in place, but the last sync failed: a power loss may undo it.',
    hint: 'check the file system before relying on the file; writing it again makes certain',
  },
  lock_failed: {
    what: 'The file system refused the lock; nothing is held.',
    hint: 'check permissions and space where the lock is',
  },
  lock_timeout: {
    what: 'A living writer did not let go in time.',
    hint: 'try again; the message names the owner',
  },
  lock_foreign_owner: {
    what: "The lock's owner is on another machine, or on an earlier boot of one without a machine id. It is never broken.",
    hint: 'if that owner is gone for certain, remove the directory that the message names',
  },
})
