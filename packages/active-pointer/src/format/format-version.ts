/** The version of `active.json` and `active_history.jsonl` that is written; a document without one is of version 1. */
export const FORMAT_VERSION = 1

/** Whether a version is that of a later taskclf: what it means is not known here, and is not guessed. */
export function isNewerVersion(version: unknown): boolean {
  return Number.isSafeInteger(version) && (version as number) > FORMAT_VERSION
}
