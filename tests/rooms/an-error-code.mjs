export const room = {
  change: 'an error code',
  edits: {
    'packages/dataset/src/error-table.ts': [
      [
        `  ragged_row: {`,
        `  too_many_columns: {
    what: 'A CSV has more than 10,000 columns.',
    hint: 'look at the delimiter, or split the file',
  },
  ragged_row: {`,
      ],
    ],
    'packages/dataset/src/csv.ts': [
      [
        `  const doubled = [`,
        `  if (names.length > 10_000)
    throw new DatasetError('too_many_columns', 'has more than 10,000 columns; look at the delimiter', { path, line })
  const doubled = [`,
      ],
    ],
  },
  adds: {
    'packages/dataset/test/room-error.test.ts': `import { Readable } from 'node:stream'
import { readRows } from '@taskclf/dataset'
import { expect, it } from 'vitest'

it('refuses a header of too many columns', async () => {
  const header = Array.from({ length: 10_001 }, (_, i) => \`c\${i}\`).join(',')
  const rows = readRows(Readable.from([Buffer.from(\`\${header}\\n\`)]), { format: 'csv' })
  await expect(rows.next()).rejects.toMatchObject({ code: 'too_many_columns' })
})
`,
  },
  builds: ['dataset'],
  generates: ['api', 'docs:reference'],
  writes: [
    'packages/dataset/api/index.api.md',
    'docs/reference/errors.md',
    'packages/cli/docs/reference/errors.md',
    'packages/cli/README.md',
    'packages/dataset/README.md',
  ],
  tests: ['packages/dataset/test/room-error.test.ts', 'tests/scripts/error-codes.test.ts'],
  half: {
    without: 'packages/dataset/src/error-table.ts',
    check: 'typecheck',
    says: 'too_many_columns',
  },
}
