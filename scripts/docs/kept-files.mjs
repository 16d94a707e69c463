// The files that a registry has, and that the repository therefore has not.
// No library: names of ours.

const ID = '(?:<[\\w-]+>|ID|RUN_ID|[\\w.-]+)'
const BUNDLE =
  '(?:metadata\\.json|metrics\\.json|model\\.(?:txt|\\*)|categorical_encoders\\.json|manifest\\.json|self_test\\.json|confusion_matrix\\.csv|signature\\.json)'

/** What a pattern matches is a file or directory that some program of ours, or the Python project, writes or reads. */
const KEPT = [
  BUNDLE,
  `models(?:/${ID}(?:/${BUNDLE})?)?`,
  '(?:models/)?(?:active\\.json|active_history\\.jsonl|index\\.json|inference_policy\\.json|traffic\\*\\.json\\*|channel-\\*\\.json\\*)',
  // Locks, and what is being written.
  '(?:models/|rejected_models/)?\\.taskclf(?:/(?:active|publish)\\.lock)?',
  `(?:active|publish)\\.lock(?:\\.new-${ID}/${ID}|/${ID}|/\\.gone-<unique>)?|\\.gone-|\\.tmp-…|\\.<name>\\.<process>\\.tmp`,
  `rejected_models(?:/(?:${ID}|\\.staging)(?:/rejection\\.json)?)?`,
  'rejection\\.json',
  `runs(?:/${ID}(?:/(?:bundle|spec\\.json|manifest\\.json|events\\.ndjson|cancel\\.json|\\*\\.json|\\{.*\\}))?)?`,
  '(?:spec|cancel)\\.json|events\\.ndjson',
  `predictions/${ID}|\\*\\.sig|\\*\\.sigstore\\.json`,
  'taskclf\\.config\\.json|registry\\.html|predictions\\.csv',
  // What the packed command line consists of.
  'bin\\.cjs|(?:start|list|judge|seldom)-\\*\\.cjs|dist/THIRD-PARTY\\.md|node_modules/taskclf',
].map((pattern) => new RegExp(`^(?:${pattern})$`))

/** Whether a path is one that a registry, a run or an installed package has. */
export function isKept(text) {
  const path = text.replace(/^\.\/(?=\w)/, '').replace(/\/$/, '')
  return KEPT.some((pattern) => pattern.test(path))
}
