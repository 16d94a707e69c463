import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { createModelReloader } from '@taskclf/infer-resolver'
import { loadPredictor, predictorChecks, runSelfTest } from '@taskclf/predictor'
import { buildManifest, computeBundleDigest, type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { copyDemoModels, scratchDir } from '@taskclf/test-kit'
import { expect, it, onTestFinished } from 'vitest'

const BEST = '2026-03-02_031009_run-8935'
const how = { load: loadPredictor, selfTest: runSelfTest, pollMs: 50 }

async function demo() {
  const modelsDir = copyDemoModels(scratchDir())
  const dir = join(modelsDir, BEST)
  const bundle = (await readBundle(dir)) as LocalValidBundle
  return { modelsDir, dir, bundle }
}

function changeLabels(dir: string, change: (labels: string[]) => string[]): string[] {
  const path = join(dir, 'metadata.json')
  const metadata = JSON.parse(readFileSync(path, 'utf8'))
  metadata.label_set = change(metadata.label_set)
  writeFileSync(path, JSON.stringify(metadata))
  return metadata.label_set
}

it('activates nothing under the digest of documents that were not checked', async () => {
  const { modelsDir, dir, bundle } = await demo()
  changeLabels(dir, (labels) => labels.slice(1))
  const switching = writeActiveAtomic(modelsDir, bundle, { source: 'manual', checks: predictorChecks() })
  await expect(switching).rejects.toMatchObject({ code: 'bundle_unreadable' })
  expect(existsSync(join(modelsDir, 'active.json'))).toBe(false)
})

it('serves no labels under the digest of others, and takes the new ones at the next look', async () => {
  const { modelsDir, dir, bundle } = await demo()
  await writeActiveAtomic(modelsDir, bundle, { source: 'manual' })
  const active = join(modelsDir, 'active.json')
  const { bundle_digest: _, ...pointer } = JSON.parse(readFileSync(active, 'utf8'))
  const other = join(modelsDir, '2026-02-16_031012_run-2286')
  writeFileSync(
    active,
    JSON.stringify({ ...pointer, model_id: basenameOf(other), model_dir: `models/${basenameOf(other)}` }),
  )
  // The requirement is asked for between the reading of the documents and the loading: the moment of the change.
  let changeAt: (() => void) | undefined
  const requirement = {
    get schemas() {
      changeAt?.()
      changeAt = undefined
      return undefined as never
    },
  }
  const codes: string[] = []
  const onError = ({ error }: { error: { code: string } }) => codes.push(error.code)
  const models = await createModelReloader({ modelsDir, requirement, onError, ...how })
  onTestFinished(() => models.close())
  let labels: string[] = []
  changeAt = () => {
    labels = changeLabels(dir, (before) => before.reverse())
  }
  writeFileSync(active, JSON.stringify(pointer))
  await expect.poll(() => models.current.modelId, { timeout: 5_000 }).toBe(BEST)
  expect(models.current.bundleDigest).toBe(await computeBundleDigest(dir))
  expect(await models.use((model) => model.labels)).toEqual(labels)
  expect(codes).toEqual(['bundle_invalid'])
})

it('sees a change beside a link that leads nowhere', async () => {
  const { modelsDir, dir, bundle } = await demo()
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(await buildManifest(dir)))
  await writeActiveAtomic(modelsDir, (await readBundle(bundle.path)) as LocalValidBundle, {
    source: 'manual',
  })
  symlinkSync('/nowhere', join(dir, 'latest.log'))
  const codes: string[] = []
  const onError = ({ error }: { error: { code: string } }) => codes.push(error.code)
  const models = await createModelReloader({ modelsDir, onError, ...how })
  onTestFinished(() => models.close())
  const path = join(dir, 'model.txt')
  writeFileSync(path, readFileSync(path, 'utf8').replace(/leaf_value=(\S)/, 'leaf_value=7'))
  await models.refresh()
  expect(codes).toEqual(['integrity_mismatch'])
})

const basenameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
