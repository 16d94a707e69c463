// No library: data.

/** What the shell is told, and when. */
export const EXIT_MEANINGS = [
  [0, 'done'],
  [
    1,
    'the answer is no: nothing eligible or active, a gate failed, a candidate or its rows are refused, damage found, not due, the trainer failed',
  ],
  [2, 'wrong usage'],
  [3, 'the environment failed'],
  [4, 'conflict: somebody else switched first, or holds the lock'],
  [70, 'a defect of taskclf; `--debug` shows where'],
  [129, 'the terminal was closed (SIGHUP)'],
  [130, 'interrupted (SIGINT)'],
  [131, 'quit (SIGQUIT)'],
  [143, 'terminated (SIGTERM)'],
]
