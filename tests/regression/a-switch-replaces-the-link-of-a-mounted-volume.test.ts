import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readActive, writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const text = JSON.stringify({
  model_dir: 'models/run-a',
  model_id: 'run-a',
  selected_at: 'x',
  policy_version: 1,
})

// Whoever mounts the volume goes on writing where the link led; from then on nobody reads it.
it('leaves active.json the link that it is', async () => {
  const models = join(scratchDir(), 'models')
  for (const id of ['run-a', 'run-b']) writeBundle(models, id)
  mkdirSync(join(models, '..2026_01'))
  symlinkSync('..2026_01', join(models, '..data'))
  writeFileSync(join(models, '..data', 'active.json'), text)
  symlinkSync('..data/active.json', join(models, 'active.json'))
  expect(await readActive(models)).toMatchObject({ status: 'valid', modelId: 'run-a' })
  const b = (await readBundle(join(models, 'run-b'))) as LocalValidBundle
  await expect(writeActiveAtomic(models, b, { source: 'manual' })).rejects.toMatchObject({
    code: 'pointer_is_a_link',
  })
  expect(lstatSync(join(models, 'active.json')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(models, '..data', 'active.json'), 'utf8')).toBe(text)
})
