import { join } from 'node:path'
import { LightgbmError, parseModel } from '@taskclf/lightgbm'
import { readBundle } from '@taskclf/registry-core'
import { scratchDir, TINY_MODEL, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

function refusal(model: string | Uint8Array): LightgbmError {
  try {
    parseModel(model)
  } catch (error) {
    if (error instanceof LightgbmError) return error
  }
  throw new Error('it was read')
}

it('names a Git LFS pointer', () => {
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'
  expect(refusal(pointer).code).toBe('lfs_pointer')
})

it('reports an unknown objective of several classes as unknown, not as a wrong count', () => {
  const model = TINY_MODEL.replace('num_class=1', 'num_class=3')
    .replace('iteration=1', 'iteration=3')
    .replace('objective=binary sigmoid:1', 'objective=ordinal num_class:3')
  expect(refusal(model).code).toBe('unsupported_objective')
})

it('reports a random forest without a tree as empty, not damaged', () => {
  const model = TINY_MODEL.replace(
    /tree_sizes=60\n[\s\S]*end of trees/,
    'average_output\ntree_sizes=\n\n\nend of trees',
  )
  const { code, message } = refusal(model)
  expect(code).toBe('empty_forest')
  expect(message).not.toContain('damaged')
})

it('reports a number of 5,000 digits as too large; nobody wrote Infinity', async () => {
  const files = { 'metrics.json': `{"macro_f1":${'9'.repeat(5000)},"weighted_f1":0.9}` }
  const bundle = await readBundle(writeBundle(join(scratchDir(), 'models'), 'run-1', { files }))
  const problems = bundle.status === 'invalid' ? bundle.problems.map(({ message }) => message) : []
  expect(problems.join()).not.toContain('Infinity')
  expect(problems.join()).toContain('too large')
})
