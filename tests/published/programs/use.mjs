// Gates and ranking without a single file: what a pipeline in another repository does.

import { listBundles } from '@taskclf/registry-core'
import { DEFAULT_POLICY, parsePolicy, selectBest } from '@taskclf/selection-policy'
import policySchema from '@taskclf/selection-policy/schemas/policy.v1.json' with { type: 'json' }

const parsed = parsePolicy({
  version: 1,
  extends: 'default',
  gates: [{ metric: 'acceptance_pass', equals: true }],
})
if (!parsed.ok) throw new Error(parsed.violations.map(({ message }) => message).join('\n'))

const report = selectBest(await listBundles('models'), DEFAULT_POLICY, {})
const again = selectBest([...report.ranked.map(({ bundle }) => bundle)], parsed.policy, {})
process.stdout.write(
  JSON.stringify({
    best: report.best?.bundle.modelId,
    again: again.best?.bundle.modelId,
    excluded: report.excluded.length,
    schema: policySchema.$id,
  }),
)
