export const room = {
  change: 'a verb of the store',
  edits: {
    'packages/active-pointer/src/format/pointer-store.ts': [
      [
        `  /** The history's lines, oldest first: all`,
        `  /** Whether anything was ever switched here. */
  isUsed(): Promise<boolean>
  /** The history's lines, oldest first: all`,
      ],
    ],
    'packages/active-pointer/src/local/local-pointer.ts': [
      [
        `import type { FileSystem } from '@taskclf/durable-fs'`,
        `import { existsSync } from 'node:fs'
import type { FileSystem } from '@taskclf/durable-fs'`,
      ],
      [
        `    history: async (enough) => {`,
        `    isUsed: async () => existsSync(dir.active) || existsSync(dir.history),
    history: async (enough) => {`,
      ],
    ],
    'packages/registry/src/memory/memory-pointer.ts': [
      [
        `  // Nothing is saved by reading less.`,
        `  isUsed: PointerStore['isUsed'] = async () => this.pointer !== undefined || this.lines.length > 0

  // Nothing is saved by reading less.`,
      ],
    ],
  },
  adds: {
    'packages/active-pointer/test/room-store.test.ts': `import { localStore, writeActiveAtomic } from '@taskclf/active-pointer'
import { expect, it } from 'vitest'
import { bundleOf, modelsWith } from './support.js'

it('says whether anything was ever switched', async () => {
  const models = modelsWith('run-a')
  const isUsed = () => localStore(models).look().pointer.isUsed()
  expect(await isUsed()).toBe(false)
  await writeActiveAtomic(models, await bundleOf(models, 'run-a'), { source: 'manual' })
  expect(await isUsed()).toBe(true)
})
`,
  },
  builds: ['active-pointer'],
  generates: ['api'],
  writes: ['packages/active-pointer/api/index.api.md'],
  tests: ['packages/active-pointer/test/room-store.test.ts'],
  half: {
    without: 'packages/active-pointer/src/local/local-pointer.ts',
    check: 'typecheck',
    says: 'isUsed',
  },
}
