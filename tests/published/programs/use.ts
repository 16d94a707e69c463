// Compiled with the oldest and the newest supported TypeScript; the lines marked must not compile.

import { listBundles, readFeatureSchema } from '@taskclf/registry-core'
import {
  DEFAULT_POLICY,
  type Exclusion,
  type Policy,
  parsePolicy,
  type Requirement,
  type SelectionReport,
  selectBest,
  shouldSwitchActive,
} from '@taskclf/selection-policy'

export async function best(modelsDir: string): Promise<string | undefined> {
  const parsed = parsePolicy({ version: 1, gates: [], rank_by: [{ metric: 'macro_f1', order: 'desc' }] })
  const policy: Policy = parsed.ok ? parsed.policy : DEFAULT_POLICY
  const { hash } = await readFeatureSchema('feature-schema.json')
  const requirement: Requirement = { schemas: [{ hash }] }
  const report: SelectionReport = selectBest(await listBundles(modelsDir), policy, requirement)
  const reasons: string[] = report.excluded.map((exclusion: Exclusion) => exclusion.code)
  if (reasons.length > 0 && !shouldSwitchActive(report, undefined, policy).switch) return undefined
  return report.best?.bundle.modelId
}

// @ts-expect-error a policy is an object, not a preset's name
selectBest([], 'default', {})
// @ts-expect-error there is no such order
export const wrong: Policy = { ...DEFAULT_POLICY, rank_by: [{ metric: 'macro_f1', order: 'up' }] }
