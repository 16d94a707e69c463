import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readActive, writeActiveAtomic } from '@taskclf/active-pointer'
import { findBestModel } from '@taskclf/infer-resolver'
import { promote } from '@taskclf/promotion'
import { type LocalValidBundle, listBundles } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const OWNED = ['active.json', 'active_history.jsonl', 'index.json', 'inference_policy.json']
const LATER = ['traffic.json', 'traffic_history.jsonl', 'channel-canary.json', 'Active.JSON']

it.each([...OWNED, ...LATER])('does not publish a candidate that calls itself %s', async (id) => {
  const base = scratchDir()
  const models = join(base, 'models')
  mkdirSync(models)
  const candidateDir = writeBundle(base, 'candidate', { metadata: { model_id: id } })
  const outcome = await promote({ candidateDir, modelsDir: models }).then(
    () => 'promoted',
    (error: { code?: string; problems?: { code: string }[] }) => [
      error.code,
      error.problems?.map(({ code }) => code),
    ],
  )
  expect(outcome).toEqual(['candidate_invalid', ['unusable_name']])
  expect(existsSync(join(models, id))).toBe(false)
})

it.each(['run\\8935', ...OWNED])('does not choose a bundle in a directory named %s', async (id) => {
  const models = scratchDir()
  writeBundle(models, id)
  const { best } = await findBestModel(models)
  // What the switch would have made of it.
  if (best)
    await writeActiveAtomic(models, best.bundle as LocalValidBundle, { source: 'promotion' }).catch(() => {})
  expect(best?.bundle.modelId).toBeUndefined()
  const [bundle] = await listBundles(models)
  expect(bundle?.status === 'invalid' && bundle.problems.map(({ code }) => code)).toEqual(['unusable_name'])
  if (id !== 'active.json') expect((await readActive(models)).status).toBe('absent')
})
