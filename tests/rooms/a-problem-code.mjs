export const room = {
  change: 'a problem code',
  edits: {
    'packages/registry-core/src/error-table.ts': [
      [
        `  missing_artifact: {`,
        `  empty_artifact: {
    what: 'A model file has no bytes.',
    hint: 'publish the model again',
  },
  missing_artifact: {`,
      ],
    ],
    'packages/registry-core/src/format/find-artifacts.ts': [
      [`problem('missing_artifact', name, 'is empty;`, `problem('empty_artifact', name, 'is empty;`],
    ],
  },
  adds: {
    'packages/registry-core/test/room-problem.test.ts': `import { join } from 'node:path'
import { readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('names a model file that is empty', async () => {
  const dir = writeBundle(join(scratchDir(), 'models'), 'run-1', { model: '' })
  expect(await readBundle(dir)).toMatchObject({ problems: [{ code: 'empty_artifact', file: 'model.txt' }] })
})
`,
  },
  builds: ['registry-core'],
  generates: ['api', 'docs:reference'],
  writes: [
    'packages/registry-core/api/format.api.md',
    'packages/registry-core/api/index.api.md',
    'docs/reference/errors.md',
    'packages/cli/docs/reference/errors.md',
    'docs/model_bundle_layout.md',
  ],
  tests: ['packages/registry-core/test/room-problem.test.ts'],
  half: {
    without: 'packages/registry-core/src/error-table.ts',
    check: 'typecheck',
    says: 'empty_artifact',
  },
}
