import { readFileSync } from 'node:fs'
import {
  DEFAULT_POLICY,
  EXCLUSION_STAGES,
  type Policy,
  parsePolicy,
  shouldSwitchActive,
} from '@taskclf/selection-policy'
import { copyDemoModels, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { find } from './find.js'

const TEXT = readFileSync(new URL('../../../docs/model_selection.md', import.meta.url), 'utf8')

it('shows the default policy as it is in docs/model_selection.md', () => {
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(TEXT) ?? []
  expect(JSON.parse(json)).toEqual(DEFAULT_POLICY)
})

it('shows what the demo registry gives in docs/model_selection.md', async () => {
  const requirement = { schemas: [{ hash: '8776f20dbb8f' }] }
  const report = await find(copyDemoModels(scratchDir()), DEFAULT_POLICY, requirement)
  for (const { rank, bundle, score } of report.ranked) {
    const [macro, weighted] = score.keys.map(({ value }) => value)
    expect(TEXT).toContain(`| ${rank} | ${bundle.modelId} | ${macro} | ${weighted} |`)
  }
  for (const { modelId, stage, reasons } of report.excluded) {
    expect(TEXT).toContain(`| ${modelId} | ${stage} | ${reasons.map(({ message }) => message).join('; ')} |`)
  }
  const gaining = (min_improvement: number): Policy => ({ ...DEFAULT_POLICY, min_improvement })
  const second = report.ranked[1]?.bundle
  expect(shouldSwitchActive(report, second, gaining(0.02))).toMatchObject({ code: 'better', gain: '0.02' })
  expect(shouldSwitchActive(report, second, gaining(0.03)).code).toBe('gain_too_small')
})

it('names every stage in docs/model_selection.md, and the violations it quotes are real', () => {
  for (const stage of EXCLUSION_STAGES) expect(TEXT).toContain(`\`${stage}\``)
  const parsed = parsePolicy({
    extends: 'default',
    gates: [{ metric: 'x', mim: 1, min: 0 }],
    min_improvement: 5,
  })
  for (const { at, message } of parsed.ok ? [] : parsed.violations)
    expect(TEXT).toContain(`${at}: ${message}`)
  expect(parsed.ok).toBe(false)
})
