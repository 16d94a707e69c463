export const room = {
  change: 'a command',
  edits: {
    'packages/cli/src/commands/all.ts': [
      [
        `import { policyShow } from './policy/show/command.js'`,
        `import { policyPresets } from './policy/presets/command.js'
import { policyShow } from './policy/show/command.js'`,
      ],
      [
        `  withWork(indexRefresh, `,
        `  withWork(policyPresets, () => import('./policy/presets/run.js')),
  withWork(indexRefresh, `,
      ],
    ],
    'packages/documents/src/policy.ts': [
      [
        `/** \`taskclf policy init --json\`. */`,
        `/** \`taskclf policy presets --json\`. */
export const policyPresetsDocument = document('policy presets', { presets: z.array(z.string()) })

/** What \`policy presets\` lists. */
export type PolicyPresets = DataOf<typeof policyPresetsDocument>

/** \`taskclf policy init --json\`. */`,
      ],
    ],
    'packages/documents/src/document-schemas.ts': [
      [
        `import { policyCheckDocument, policyInitDocument, policyShowDocument }`,
        `import { policyCheckDocument, policyInitDocument, policyPresetsDocument, policyShowDocument }`,
      ],
      [
        `  'policy-show.v1.json': policyShowDocument,`,
        `  'policy-presets.v1.json': policyPresetsDocument,
  'policy-show.v1.json': policyShowDocument,`,
      ],
    ],
    'packages/documents/src/index.ts': [
      [
        `  type PolicyInit,
  type PolicyShow,`,
        `  type PolicyInit,
  type PolicyPresets,
  type PolicyShow,`,
      ],
    ],
    'packages/cli/README.md': [
      [
        `| \`policy show\`, \`check\`, \`init\` | the selection policy |`,
        `| \`policy show\`, \`check\`, \`init\`, \`presets\` | the selection policy |`,
      ],
      [`\`policy-init\`, `, `\`policy-init\`, \`policy-presets\`, `],
    ],
  },
  adds: {
    'packages/cli/src/commands/policy/presets/command.ts': `import { declare } from '../../../command.js'

export const policyPresets = declare({
  path: ['policy', 'presets'],
  summary: 'List the policies that have a name',
  flags: {},
  examples: [['taskclf policy presets', 'one a line']],
})
`,
    'packages/cli/src/commands/policy/presets/run.ts': `import { POLICY_PRESETS } from '@taskclf/selection-policy'
import type { PolicyPresets } from '@taskclf/documents'
import type { GlobalOptions } from '@taskclf/flags'
import type { Context, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'

/** The names, in the order of the code. */
export async function run(_options: GlobalOptions, _context: Context): Promise<Outcome<PolicyPresets>> {
  return { data: { presets: Object.keys(POLICY_PRESETS) }, exitCode: EXIT.done, notes: [] }
}

/** One a line. */
export function text({ presets }: PolicyPresets): string {
  return \`\${presets.join('\\n')}\\n\`
}
`,
    'packages/cli/test/room-command.test.ts': `import { scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import type { PolicyPresets } from '@taskclf/documents'
import { taskclf } from './support/taskclf.js'

it('lists the presets', async () => {
  const cwd = scratchDir()
  const { json } = await taskclf<PolicyPresets>(['policy', 'presets', '--json'], { cwd })
  expect(json.presets).toEqual(['default', 'ungated', 'classification', 'latest'])
  expect((await taskclf(['policy', 'presets'], { cwd })).stdout).toMatch(/^default\\nungated\\n/)
})
`,
  },
  builds: ['cli'],
  generates: ['schemas', 'docs:reference'],
  writes: [
    'packages/cli/schemas/policy-presets.v1.json',
    'docs/reference/commands.md',
    'docs/reference/schemas.md',
  ],
  tests: ['packages/cli/test/room-command.test.ts', 'packages/cli/test/readme.test.ts'],
  half: {
    without: 'packages/cli/README.md',
    check: 'packages/cli/test/readme.test.ts',
    says: 'presets',
  },
}
