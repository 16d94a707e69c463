import { canonicalDigest } from '@taskclf/registry-core'
import { DEFAULT_POLICY, parsePolicy, policySchema, UNGATED_POLICY } from '@taskclf/selection-policy'
import { expect, it } from 'vitest'

const RANK_BY = [{ metric: 'auc', order: 'desc' }]
const parsed = (document: object) => {
  const answer = parsePolicy(document)
  if (!answer.ok) throw new Error(JSON.stringify(answer.violations))
  return answer.policy
}

it('keeps the digests that histories have of the policies that were there before', () => {
  const before = {
    default: '5183d2ab0992957b3ad5cdb4d4c41b02b22928e9eeae125618cc9ba244e6a622',
    ungated: '96c6da5de7f6eb23e99cca26cb16d8b3b8cd8558c5e1afbfd2c0799d75f7392b',
    ours: 'e73b3ab0e36c60fc8eaa13cf380cc24bc784f0c1b1609853d44c73f538b25998',
  }
  expect(canonicalDigest(DEFAULT_POLICY)).toBe(before.default)
  expect(canonicalDigest(parsed({ extends: 'default' }))).toBe(before.default)
  expect(canonicalDigest(UNGATED_POLICY)).toBe(before.ungated)
  expect(canonicalDigest(parsed({ extends: 'default', gates: [] }))).toBe(before.ungated)
  expect(canonicalDigest(parsed({ extends: 'ungated' }))).toBe(before.ungated)
  const ours = { rank_by: RANK_BY, gates: [], min_improvement: 0.01, regression_tolerance: 0.02 }
  expect(canonicalDigest(parsed(ours))).toBe(before.ours)
})

it('leaves out what says nothing more than its absence', () => {
  const [first] = RANK_BY
  const second = { metric: 'loss', order: 'asc' }
  const ranked = (...rank_by: object[]) => parsed({ gates: [], rank_by, regression_tolerance: 0 })
  const plain = ranked({ ...first }, second)
  expect(ranked({ ...first, optional: false }, second)).toEqual(plain)
  const optional = ranked({ ...first }, { ...second, optional: true })
  expect(canonicalDigest(optional)).not.toBe(canonicalDigest(plain))
})

it('has no amounts where no metric gives them a unit, and can be parsed again', () => {
  const newest = parsed({ gates: [], rank_by: [{ field: 'created_at', order: 'desc' }] })
  expect(newest).not.toHaveProperty('min_improvement')
  expect(newest).not.toHaveProperty('regression_tolerance')
  expect(parsed(newest)).toEqual(newest)
  expect(policySchema.parse(newest)).toEqual(newest)
})
