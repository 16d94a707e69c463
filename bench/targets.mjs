// What is promised, by row: the most that a ratio, or where there is no floor the figure itself, may be.
const predict = Object.fromEntries(
  [60, 128, 280, 480].flatMap((trees) => [
    [`predict-one-${trees}`, { ratio: 1 / 5, text: '≤ 0.2×' }],
    [`predict-rows-${trees}`, { ratio: 1, text: '≤ 1×' }],
  ]),
)

const starts = Object.fromEntries(
  [
    'infer-resolve',
    'train-list',
    'model-history',
    'model-why',
    'model-select',
    'model-verify-small',
    'policy-show',
    'policy-check',
    'runs-list',
    'runs-show',
    'train-check-retrain',
  ].map((name) => [`start-${name}`, { ratio: 2.5, text: '≤ 2.5×' }]),
)

export const TARGETS = {
  ...starts,
  'cli-resolve': { ratio: 1.3, text: '≤ 1.3×' },
  'cli-help': { ratio: 2.2, text: '≤ 2.2×' },
  'cli-list': { ratio: 2.2, text: '≤ 2.2×' },
  scan: { ratio: 5, text: '≤ 5×' },
  index: { ratio: 4, text: '≤ 4×' },
  select: { ratio: 0.1, text: '≤ 10 %' },
  'list-growth': { ratio: 11, text: '≤ 11×' },
  'list-memory': { figure: 250, text: '≤ 250 MB' },
  resolve: { ratio: 3, text: '≤ 3×' },
  'resolve-many': { ratio: 1.15, text: 'the same (≤ 1.15×)' },
  switch: { ratio: 1.5, text: '≤ 1.5×' },
  ...predict,
  'reload-p50': { figure: 5, text: '≤ 5 ms' },
  'reload-p99': { figure: 20, text: '≤ 20 ms' },
}

/** Whether a row keeps its target; undefined when it has none, could not be measured, or was at another size. */
export function isMet({ id, ratio, ours, isSample }) {
  if (isSample) return undefined
  const target = TARGETS[id]
  const value = target?.ratio === undefined ? ours : ratio
  return target === undefined || value === undefined ? undefined : value <= (target.ratio ?? target.figure)
}
