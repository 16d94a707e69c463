import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findBestModel } from '@taskclf/infer-resolver'
import { listBundles, readIndex } from '@taskclf/registry-core'
import { DEFAULT_POLICY, UNGATED_POLICY } from '@taskclf/selection-policy'
import { copyDemoModels, copyRegistryModels, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { refreshIndex } from '../src/index.js'

const now = () => new Date('2026-04-06T03:14:01Z')

it("ranks the Python project's bundles as its own index does", async () => {
  const root = copyRegistryModels(scratchDir())
  const theirs = JSON.parse(readFileSync(join(root, 'index.json'), 'utf8'))
  const requirement = { schemas: [{ hash: theirs.schema_hash }] }
  await refreshIndex(root, UNGATED_POLICY, requirement, { now })
  const ours = JSON.parse(readFileSync(join(root, 'index.json'), 'utf8'))
  const elsewhere = (ranked: { path: string; model_id: string }[]) =>
    ranked.map((each) => ({ ...each, path: join(root, each.model_id) }))
  expect(ours).toMatchObject({
    ...theirs,
    generated_at: '2026-04-06T03:14:01.000Z',
    ranked: elsewhere(theirs.ranked),
  })
})

it('names the withdrawn and the excluded, and answers with the whole report', async () => {
  const root = copyDemoModels(scratchDir())
  const requirement = { schemas: [{ hash: '8776f20dbb8f' }] }
  const options = { withdrawn: ['2026-03-02_031009_run-8935'] }
  const report = await refreshIndex(root, DEFAULT_POLICY, requirement, { ...options, now })
  expect(report).toEqual(await findBestModel(root, DEFAULT_POLICY, requirement, options))
  const index = readIndex(root)
  if (index.status !== 'present') throw new Error(index.status)
  expect(index.ranking.best_model_id).toBe(report.best?.bundle.modelId)
  expect(index.ranking.excluded).toHaveLength(report.excluded.length)
  expect(index.ranking.excluded).toContainEqual(
    expect.objectContaining({ model_id: '2026-03-02_031009_run-8935', code: 'withdrawn' }),
  )
})

it('changes no answer: the best with the index is the best without it', async () => {
  const root = copyDemoModels(scratchDir())
  await sleep(2_200)
  await refreshIndex(root, DEFAULT_POLICY, {}, { now: () => new Date() })
  expect(statSync(join(root, 'index.json')).size).toBeGreaterThan(10_000)
  expect(await listBundles(root, { useIndex: true })).toStrictEqual(await listBundles(root))
  const [with_, without] = [true, false].map((useIndex) =>
    findBestModel(root, DEFAULT_POLICY, {}, { useIndex }),
  )
  expect(await with_).toEqual(await without)
})
