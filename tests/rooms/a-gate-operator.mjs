const differs = `z.union([z.boolean(), z.number(), z.string()])`

export const room = {
  change: 'a gate operator',
  edits: {
    'packages/selection-policy/src/policy.ts': [
      [
        `/** What a bundle's metric must satisfy before it may serve. */
export type Gate = EqualsGate | BoundGate`,
        `/** Passes when the metric is another value than this, of the same type. */
export interface DiffersGate {
  readonly metric: string
  readonly differs: boolean | number | string
}

/** What a bundle's metric must satisfy before it may serve. */
export type Gate = EqualsGate | DiffersGate | BoundGate`,
      ],
    ],
    'packages/selection-policy/src/policy-schema.ts': [
      [
        `  min: z.strictObject({ metric: metric(), min: min()`,
        `  differs: z.strictObject({ metric: metric(), differs: ${differs} }),
  min: z.strictObject({ metric: metric(), min: min()`,
      ],
      [`z.union([GATE_FORMS.equals, `, `z.union([GATE_FORMS.equals, GATE_FORMS.differs, `],
    ],
    'packages/selection-policy/src/reason.ts': [
      [
        `  equals?: boolean | number | string
  min?: number`,
        `  equals?: boolean | number | string
  differs?: boolean | number | string
  min?: number`,
      ],
    ],
    'packages/selection-policy/src/report-schema.ts': [
      [
        `  equals: z.exactOptional(z.union([z.boolean(), z.number(), z.string()])),`,
        `  equals: z.exactOptional(z.union([z.boolean(), z.number(), z.string()])),
  differs: z.exactOptional(${differs}),`,
      ],
    ],
    'packages/selection-policy/src/answer-tables.ts': [
      [
        `  not_equal: {`,
        `  not_different: {
    what: "A gate's metric is what its \`differs\` forbids.",
    hint: 'look at the value beside the code',
  },
  not_equal: {`,
      ],
    ],
    'packages/selection-policy/src/gates.ts': [
      [
        `  if (bound.equals !== undefined || typeof value`,
        `  if (bound.differs !== undefined && typeof value === typeof bound.differs) {
    return value === bound.differs ? { code: 'not_different' } : undefined
  }
  if (bound.differs !== undefined || bound.equals !== undefined || typeof value`,
      ],
      [
        `    case 'below_min':
      return`,
        `    case 'not_different':
      return \`\${name} is \${stated}, which the gate forbids\`
    case 'below_min':
      return`,
      ],
      [
        `  if (bound.equals !== undefined) return quote(bound.equals)`,
        `  if (bound.equals !== undefined) return quote(bound.equals)
  if (bound.differs !== undefined) return \`anything but \${quote(bound.differs)}\``,
      ],
    ],
    'packages/selection-policy/src/policy-rules.ts': [
      [`['equals', 'min', 'max']`, `['equals', 'differs', 'min', 'max']`],
    ],
    'packages/selection-policy/src/index.ts': [
      [
        `  type EqualsGate,`,
        `  type DiffersGate,
  type EqualsGate,`,
      ],
    ],
    'packages/selection-policy/test/api.test-d.ts': [
      [`toEqualTypeOf<EqualsGate | BoundGate>()`, `toEqualTypeOf<EqualsGate | DiffersGate | BoundGate>()`],
      [
        `  type EqualsGate,`,
        `  type DiffersGate,
  type EqualsGate,`,
      ],
    ],
    'docs/model_selection.md': [
      [
        `| \`{ "metric", "min" }\`, `,
        `| \`{ "metric", "differs" }\` | the value is another boolean, number or string than this |
| \`{ "metric", "min" }\`, `,
      ],
    ],
  },
  adds: {
    'packages/selection-policy/test/room-gate.test.ts': `import { DEFAULT_POLICY, parsePolicy, passesConstraints } from '@taskclf/selection-policy'
import { expect, it } from 'vitest'
import { makeBundle } from './make-bundle.js'

it.each([
  ['eu', { passed: true }],
  ['us', { passed: false, code: 'not_different' }],
  [7, { passed: false, code: 'metric_absent' }],
])('judges %j by what it must not be', (region, expected) => {
  const gates = [{ metric: 'region', differs: 'us' }]
  expect(parsePolicy({ extends: 'default', gates }).ok).toBe(true)
  const [result] = passesConstraints(makeBundle('a', { region }), { ...DEFAULT_POLICY, gates }).gates
  expect(result).toMatchObject(expected)
})
`,
  },
  builds: ['selection-policy', 'cli'],
  generates: ['schemas', 'api', 'docs:reference'],
  writes: [
    'packages/selection-policy/api/index.api.md',
    'packages/selection-policy/schemas/policy.v1.json',
    'packages/selection-policy/schemas/selection-report.v1.json',
    'packages/promotion/schemas/promotion-result.v1.json',
    'packages/cli/schemas/infer-resolve.v1.json',
    'packages/cli/schemas/model-select.v1.json',
    'packages/cli/schemas/policy-check.v1.json',
    'packages/cli/schemas/policy-init.v1.json',
    'packages/cli/schemas/policy-show.v1.json',
    'packages/cli/schemas/report.v1.json',
    'packages/cli/schemas/train-promote.v1.json',
    'packages/cli/schemas/train-retrain.v1.json',
    'docs/reference/errors.md',
    'docs/reference/schemas.md',
    'packages/cli/docs/reference/errors.md',
  ],
  tests: ['packages/selection-policy/test/room-gate.test.ts', 'packages/selection-policy/test/gates.test.ts'],
  half: {
    without: 'packages/selection-policy/src/gates.ts',
    check: 'typecheck',
    says: 'gates.ts',
  },
}
