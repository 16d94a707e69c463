export const room = {
  change: 'a key in the line of the history',
  edits: {
    'packages/active-pointer/src/format/history.ts': [
      [
        `  actor?: string
  decision?: unknown`,
        `  actor?: string
  /** Where the switch was asked for: the number of an issue, say. */
  ticket?: string
  decision?: unknown`,
      ],
      [
        `  if (actor !== undefined && typeof actor !== 'string') return 'bad actor'`,
        `  if (actor !== undefined && typeof actor !== 'string') return 'bad actor'
  if (line.ticket !== undefined && typeof line.ticket !== 'string') return 'bad ticket'`,
      ],
    ],
    'packages/active-pointer/src/format/switch.ts': [
      [
        `  actor?: string
  now?: () => Date`,
        `  actor?: string
  /** Where it was asked for: the number of an issue, say. */
  ticket?: string
  now?: () => Date`,
      ],
    ],
    'packages/active-pointer/src/switch-active.ts': [
      [
        `      actor: options.actor,`,
        `      actor: options.actor,
      ticket: options.ticket,`,
      ],
    ],
    'packages/active-pointer/src/format/make-switch.ts': [
      [
        `  actor: string | undefined`,
        `  actor: string | undefined
  ticket: string | undefined`,
      ],
      [`{ at: date, actor, newWriteId, `, `{ at: date, actor, ticket, newWriteId, `],
      [
        `  const line = newLine(at, from, recorded, wanted, actor, active)`,
        `  const line = {
    ...newLine(at, from, recorded, wanted, actor, active),
    ...(ticket !== undefined && { ticket }),
  }`,
      ],
    ],
    'packages/active-pointer/src/format/schemas.ts': [
      [
        `  actor: z.string().optional(),
  decision: z.unknown()`,
        `  actor: z.string().optional(),
  ticket: z.string().optional().describe('Where the switch was asked for'),
  decision: z.unknown()`,
      ],
    ],
  },
  adds: {
    'packages/active-pointer/test/room-history.test.ts': `import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { readHistory, writeActiveAtomic } from '@taskclf/active-pointer'
import { expect, it } from 'vitest'
import { bundleOf, linesOf, modelsWith } from './support.js'

it('records where a switch was asked for, and passes over a line that has no text for it', async () => {
  const models = modelsWith('run-a')
  await writeActiveAtomic(models, await bundleOf(models, 'run-a'), { source: 'manual', ticket: 'OPS-7' })
  expect(linesOf(models)).toMatchObject([{ ticket: 'OPS-7' }])
  const odd = { ...linesOf(models)[0], ticket: 7 }
  appendFileSync(join(models, 'active_history.jsonl'), \`\${JSON.stringify(odd)}\\n\`)
  expect((await readHistory(models)).problems).toMatchObject([{ line: 2, code: 'malformed_line' }])
})
`,
  },
  builds: ['active-pointer'],
  generates: ['schemas', 'api', 'docs:reference'],
  writes: [
    'packages/active-pointer/api/index.api.md',
    'packages/active-pointer/schemas/active-history.v1.json',
    'docs/reference/schemas.md',
  ],
  tests: [
    'packages/active-pointer/test/room-history.test.ts',
    'packages/active-pointer/test/history.test.ts',
  ],
  half: {
    without: 'packages/active-pointer/schemas/active-history.v1.json',
    check: 'schemas:check',
    says: 'active-history.v1.json',
  },
}
