import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { historyLineSchema, readHistory, writeActiveAtomic } from '@taskclf/active-pointer'
import { readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

// Found by fuzzing: a line was handed on as whole whose source or actor was no text, and whoever printed it fell over.
it.each([
  { source: 7 },
  { source: 'nobody' },
  { source: null },
  { actor: {} },
  { actor: ['x'] },
  { actor: null },
])('passes over and reports a line with %j; what is returned fits the published schema', async (over) => {
  const models = join(scratchDir(), 'models')
  const bundle = await readBundle(writeBundle(models, 'run-a'))
  if (bundle.status !== 'valid') throw new Error('the bundle should be valid')
  await writeActiveAtomic(models, bundle, { source: 'manual', actor: 'ops' })
  const path = join(models, 'active_history.jsonl')
  const own = readFileSync(path, 'utf8')
  writeFileSync(path, `${JSON.stringify({ ...JSON.parse(own), ...over })}\n${own}`)
  const { entries, problems } = await readHistory(models)
  expect(problems).toMatchObject([{ line: 1, code: 'malformed_line' }])
  expect(entries).toHaveLength(1)
  for (const { line: _, state: __, visible: ___, ...line } of entries)
    expect(historyLineSchema.safeParse(line).success).toBe(true)
})
