import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { localStore } from '@taskclf/active-pointer'
import { nodeFileSystem } from '@taskclf/durable-fs'
import { publishBundle } from '@taskclf/promotion'
import { listBundles } from '@taskclf/registry-core'
import { copyDemoModels, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('shows nothing of a bundle, or all of it, while it is published', async () => {
  const base = scratchDir()
  const models = copyDemoModels(base)
  const candidateDir = writeBundle(base, 'candidate', { metadata: { model_id: 'run-new' } })
  const sightings: string[] = []
  const look = async () => {
    const bundle = (await listBundles(models)).find(({ modelId }) => modelId === 'run-new')
    const files = bundle ? readdirSync(join(models, 'run-new')).join(' ') : ''
    sightings.push(`${bundle?.status ?? 'absent'} ${files}`.trim())
  }
  const watched = new Proxy(nodeFileSystem, {
    get: (target, key: 'rename') => async (path: string, to: string) => {
      await look()
      const answer = await target[key](path, to)
      await look()
      return answer
    },
  })
  await publishBundle({ candidateDir, modelsDir: localStore(models, { fileSystem: watched }) })
  await look()
  expect(sightings.length).toBeGreaterThan(30)
  const whole = 'valid manifest.json metadata.json metrics.json model.txt'
  const first = sightings.indexOf(whole)
  expect(first).toBeGreaterThan(20)
  expect(new Set(sightings.slice(0, first))).toEqual(new Set(['absent']))
  expect(new Set(sightings.slice(first))).toEqual(new Set([whole]))
})
