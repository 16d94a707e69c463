// Names on the pages that are nothing of ours, each with the reason why a page needs it.
// No library: names of others.

const REASONS = {
  'Python and its libraries': [
    'Booster.save_model',
    'classes_',
    'convert_lightgbm(model, initial_types=…, zipmap=False)',
    'isoformat()',
    'pred_leaf=True',
    'raw_score=True',
    'timespec',
    'to_onnx(model, rows[:1])',
    "to_onnx(model, rows[:1], options={'zipmap': False})",
  ],
  'the Python project, where a decision differs from it': [
    'lax-type-coercion-accepted',
    'unknown_category_freq_threshold',
    'unknown_category_mask_rate',
  ],
  'model files of LightGBM: what they say in words, and names that it takes for others': [
    'keys per min',
    'l2',
    'feature_importance',
    'linear_tree',
    'pred_contrib=True',
    'xentropy',
  ],
  'the system, Node, the web and other programs': [
    '--cpu-prof',
    '/proc',
    '::stop-commands::',
    'Content-Security-Policy',
    'enableCompileCache',
    'exp',
    'fixed',
    'flock',
    'linked',
    'node --cpu-prof',
  ],
  'a form with parts to fill in': [
    '*.ending',
    '--flag value',
    '20260201T040958,5Z',
    'YYYY-MM-DD_HHMMSS_run-NNNN',
    'another: CODE',
    'error instanceof TaskclfError',
    'host~machine~boot~pidns~pid~start~token',
    'keeps: CODE',
  ],
  'written by a script or an example, and not kept': [
    '.checkpoint.jsonl',
    'docs/coverage.svg',
    'reports/fuzz/',
  ],
}

/** Name → why. One that no page needs any more is an error of the check. */
export const ALLOWED = new Map(
  Object.entries(REASONS).flatMap(([reason, names]) => names.map((name) => [name, reason])),
)

/** Whether a span may name what is not ours. */
export const isAllowed = (span) => ALLOWED.has(span)
