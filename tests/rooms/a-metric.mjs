export const room = {
  change: 'a metric in the list',
  edits: {
    'packages/registry-core/src/format/metrics.ts': [
      [
        `        acceptance_pass: bool().optional(),`,
        `        balanced_accuracy: fraction().optional().meta({ description: 'Unweighted mean of the recall of the classes.' }),
        acceptance_pass: bool().optional(),`,
      ],
    ],
    'packages/registry-core/src/format/document-shapes.ts': [
      [
        `  acceptance_pass: optional(oneOf([true, false]`,
        `  balanced_accuracy: maybeFraction,
  acceptance_pass: optional(oneOf([true, false]`,
      ],
    ],
    'packages/selection-policy/src/fractions.ts': [
      [`['macro_f1', 'weighted_f1',`, `['macro_f1', 'weighted_f1', 'balanced_accuracy',`],
    ],
    'docs/metrics_contract.md': [
      [
        `| \`acceptance_pass\` | boolean |`,
        `| \`balanced_accuracy\` | number from 0 to 1 | no | unweighted mean of the recall of the classes |
| \`acceptance_pass\` | boolean |`,
      ],
    ],
  },
  adds: {
    'packages/selection-policy/test/room-metric.test.ts': `import { parsePolicy } from '@taskclf/selection-policy'
import { expect, it } from 'vitest'

it('refuses a bound that no balanced accuracy can have', () => {
  expect(parsePolicy({ extends: 'default', gates: [{ metric: 'balanced_accuracy', min: 5 }] }).ok).toBe(false)
})
`,
  },
  builds: ['registry-core', 'selection-policy'],
  generates: ['schemas', 'api', 'docs:reference'],
  writes: [
    'packages/registry-core/schemas/metrics.v1.json',
    'packages/registry-core/api/format.api.md',
    'packages/registry-core/api/index.api.md',
    'docs/reference/schemas.md',
  ],
  tests: [
    'packages/registry-core/test/document-shapes.test.ts',
    'packages/selection-policy/test/room-metric.test.ts',
    'packages/selection-policy/test/policy-rules.test.ts',
  ],
  half: {
    without: 'packages/registry-core/src/format/document-shapes.ts',
    check: 'packages/registry-core/test/document-shapes.test.ts',
    says: 'balanced_accuracy',
  },
}
