import { findBestModel } from '@taskclf/infer-resolver'
import { checkRegression, shouldSwitchActive, UNGATED_POLICY } from '@taskclf/selection-policy'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

/** The better of two models, and the one that is active. */
async function pair(candidate: number, incumbent: number, min_improvement: number) {
  const models = scratchDir()
  writeBundle(models, 'candidate', { metrics: { macro_f1: candidate } })
  writeBundle(models, 'incumbent', { metrics: { macro_f1: incumbent } })
  const policy = { ...UNGATED_POLICY, min_improvement }
  const report = await findBestModel(models, policy)
  const active = report.ranked.find(({ bundle }) => bundle.modelId === 'incumbent')?.bundle
  return { policy, report, active }
}

it('switches when 0.85 follows 0.80 and 0.05 is asked for', async () => {
  expect(0.85 - 0.8 >= 0.05).toBe(false)
  const { policy, report, active } = await pair(0.85, 0.8, 0.05)
  expect(shouldSwitchActive(report, active, policy)).toMatchObject({
    switch: true,
    code: 'better',
    gain: '0.05',
  })
})

it('refuses a gain that is too small by the last digit', async () => {
  const { policy, report, active } = await pair(0.8499, 0.8, 0.05)
  expect(shouldSwitchActive(report, active, policy)).toMatchObject({ switch: false, code: 'gain_too_small' })
})

it('tolerates a drop of exactly the tolerance', async () => {
  expect(0.87 - 0.85 <= 0.02).toBe(false)
  const { policy, report } = await pair(0.87, 0.85, 0)
  const [champion, candidate] = report.ranked.map(({ bundle }) => bundle)
  if (candidate === undefined || champion === undefined) throw new Error('both bundles rank')
  expect(checkRegression(candidate, champion, policy)).toMatchObject({ passed: true, drop: '0.02' })
})
