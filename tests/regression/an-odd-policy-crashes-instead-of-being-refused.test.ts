import { parsePolicy } from '@taskclf/selection-policy'
import { expect, it } from 'vitest'

// Found by fuzzing: a value without a way to be written as text stood in the sentence about a rank key named twice.
it.each<[unknown]>([
  [{ toString: 1 }],
  [{ toString: null, valueOf: null }],
  [[{ toString: 1 }]],
  [{ constructor: 1 }],
])('refuses a policy that ranks twice by %j, place by place', (metric) => {
  const key = JSON.parse(JSON.stringify({ metric, order: 'desc' }))
  const parsed = parsePolicy({ gates: [], rank_by: [key, key] })
  expect(parsed.ok).toBe(false)
  if (!parsed.ok) expect(parsed.violations.map(({ at }) => at)).toContain('rank_by[1]')
})
