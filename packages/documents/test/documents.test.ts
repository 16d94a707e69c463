import { join } from 'node:path'
import {
  modelHistoryDocument,
  modelInspectDocument,
  modelSelectDocument,
  modelSwitchDocument,
  modelVerifyDocument,
  modelWhyDocument,
  toHistoryJson,
  toInspectJson,
  toListJson,
  toSelectJson,
  toSwitchJson,
  toVerifyJson,
  toWhyJson,
  trainListDocument,
} from '@taskclf/documents'
import { openRegistry } from '@taskclf/registry'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import type { z } from 'zod'

async function opened() {
  const models = join(scratchDir(), 'models')
  writeBundle(models, 'run-a', { metrics: { macro_f1: 0.8 } })
  writeBundle(models, 'run-b', { metrics: { macro_f1: 0.9 } })
  writeBundle(models, 'broken', { files: { 'metrics.json': '{' } })
  return openRegistry(models)
}

const framed = (schema: z.ZodType, data: object) =>
  schema.safeParse(JSON.parse(JSON.stringify({ version: 1, ...data, notes: [] }))).error?.issues ?? []

it('makes documents of results that their schemas accept', async () => {
  const registry = await opened()
  const activation = await registry.activate('run-a')
  expect(framed(modelSwitchDocument, toSwitchJson(activation, { forced: activation.forced }))).toEqual([])
  const selection = toSelectJson(await registry.activateBest(), { source: 'default', digest: 'x' })
  expect(framed(modelSelectDocument, selection)).toEqual([])
  expect(selection.activated?.model_id).toBe('run-b')
  const history = toHistoryJson(await registry.history(), true)
  expect(framed(modelHistoryDocument, history)).toEqual([])
  expect(history.entries.map(({ model_id }) => model_id)).toEqual(['run-b', 'run-a'])
  for (const id of ['run-a', 'broken'])
    expect(framed(modelInspectDocument, toInspectJson(await registry.inspect(id), []))).toEqual([])
  expect(framed(modelWhyDocument, toWhyJson(await registry.why('run-a')))).toEqual([])
  const { location, models } = await registry.overview()
  const list = {
    models_dir: location,
    shown: 'all',
    sort: 'macro_f1',
    bundles: models.map((model) => toListJson(model)),
  }
  expect(framed(trainListDocument, list)).toEqual([])
  const { models: verified } = await registry.verify()
  const bundles = verified.map(toVerifyJson)
  expect(framed(modelVerifyDocument, { models_dir: location, ok: false, bundles })).toEqual([])
})
