import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { resolveModelDir } from '@taskclf/infer-resolver'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

// model_dir was used as it stood: absolute, with "..", through links.
it.each<[string, (outside: string) => { model_dir: string; model_id: string }]>([
  ['an absolute path', (outside) => ({ model_dir: outside, model_id: 'evil' })],
  ['dots', () => ({ model_dir: '../outside/evil', model_id: 'evil' })],
  ['dots in the id', () => ({ model_dir: 'models/..', model_id: '..' })],
  ['a link', () => ({ model_dir: 'models/linked', model_id: 'linked' })],
])('refuses %s; when allowed, the policy decides among what is inside', async (_, pointerTo) => {
  const dir = scratchDir()
  const models = join(dir, 'models')
  writeBundle(models, 'good')
  const outside = writeBundle(join(dir, 'outside'), 'evil', { metrics: { macro_f1: 1 } })
  symlinkSync(outside, join(models, 'linked'))
  const pointer = { ...pointerTo(outside), selected_at: '2026-01-01T00:00:00+00:00', policy_version: 1 }
  writeFileSync(join(models, 'active.json'), JSON.stringify(pointer))
  await expect(resolveModelDir({ modelsDir: models })).rejects.toMatchObject({ code: 'pointer_corrupt' })
  const { modelId, source, warnings } = await resolveModelDir({
    modelsDir: models,
    onBrokenPointer: 'policy',
  })
  expect([modelId, source, warnings[0]?.code]).toEqual(['good', 'selection', 'pointer_corrupt'])
})
