import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { computeSchemaHash } from '@taskclf/registry-core'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

/** A model on `x`, with the schema's hash in its metadata, whatever the schema's columns are. */
function scene(columns: [string, string][]) {
  const dir = scratchDir()
  writeFileSync(join(dir, 'feature-schema.json'), JSON.stringify({ version: 'v1', columns }))
  const metadata = { model_id: 'run-1', schema_hash: computeSchemaHash(columns) }
  writeBundle(join(dir, 'models'), 'run-1', { metadata })
  writeBundle(dir, 'candidate', { metadata: { ...metadata, model_id: 'run-2' } })
  return dir
}

const SCHEMA = ['--feature-schema', 'feature-schema.json']
const WAYS: [string, string[]][] = [
  ['promote', ['train', 'promote', 'candidate']],
  ['select --activate', ['model', 'select', '--activate']],
  ['set-active', ['model', 'set-active', '--model-id', 'run-1']],
]

it.each(WAYS)('refuses in %s a model that needs a column which its schema does not have', async (_, args) => {
  const dir = scene([['support_calls', 'float']])
  const { code, stdout, stderr } = await runCli([...args, ...SCHEMA], { cwd: dir })
  expect(code).toBe(1)
  expect(stdout + stderr).toContain('load_failed')
  expect(stdout + stderr).toContain('needs x')
  expect(existsSync(join(dir, 'models', 'active.json'))).toBe(false)
})

it.each(WAYS)('accepts in %s one whose schema has more', async (_, args) => {
  const dir = scene([
    ['x', 'float'],
    ['support_calls', 'float'],
  ])
  expect((await runCli([...args, ...SCHEMA], { cwd: dir })).code).toBe(0)
})

it('names it in doctor', async () => {
  const dir = scene([['support_calls', 'float']])
  const { stdout } = await runCli(['doctor', '--json', ...SCHEMA], { cwd: dir })
  expect(JSON.parse(stdout).findings).toContainEqual(
    expect.objectContaining({ code: 'load_failed', models: ['run-1'] }),
  )
})
