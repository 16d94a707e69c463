import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { listBundles } from '@taskclf/registry-core'
import { copyDemoModels, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const NESTED = '['.repeat(100_000) + ']'.repeat(100_000)

const BAD: [what: string, file: string, content: string | Uint8Array, code: string][] = [
  ['a byte that is not UTF-8', 'metadata.json', Uint8Array.from([0x7b, 0xe9, 0x7d]), 'not_utf8'],
  ['a byte that is not UTF-8', 'metrics.json', Uint8Array.from([0x7b, 0xe9, 0x7d]), 'not_utf8'],
  [
    '5,000 digits',
    'metrics.json',
    `{"macro_f1": ${'1'.repeat(5000)}, "weighted_f1": 0.5}`,
    'schema_violation',
  ],
  ['deep nesting', 'metrics.json', `{"macro_f1": ${NESTED}, "weighted_f1": 0.5}`, 'too_deep'],
  ['deep nesting', 'metadata.json', NESTED, 'too_deep'],
]

it.each(BAD)('lists the other seven models as before with %s in %s', async (_what, file, content, code) => {
  const models = copyDemoModels(scratchDir())
  writeBundle(models, 'bad', { files: { [file]: content } })
  const bundles = await listBundles(models)
  expect(bundles.filter((bundle) => bundle.status === 'valid')).toHaveLength(7)
  const bad = bundles.filter((bundle) => bundle.status === 'invalid')
  expect(bad.map((bundle) => bundle.problems.map((problem) => problem.code))).toEqual([[code]])
})

it('lists the other seven models as before with a directory that may not be read', async () => {
  const base = scratchDir()
  chmodSync(base, 0o755)
  const models = copyDemoModels(base)
  mkdirSync(join(models, 'locked'), { mode: 0o000 })
  const isRoot = process.geteuid?.() === 0
  if (isRoot) process.seteuid?.(65_534)
  try {
    const bundles = await listBundles(models)
    expect(bundles.filter((bundle) => bundle.status === 'valid')).toHaveLength(7)
    const codes = bundles
      .flatMap((bundle) => (bundle.status === 'invalid' ? bundle.problems : []))
      .map(({ code }) => code)
    expect(codes).toEqual(['unreadable'])
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
})
