import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  type BundlePublisher,
  drawModelId,
  PromotionError,
  type PublishedPlace,
  type PublishOptions,
  type StagedBundle,
} from '@taskclf/promotion'
import { BUNDLE_FILES, readBundle } from '@taskclf/registry-core'
import type { Files, MemoryFiles } from './memory-files.js'

/** Publishes into a store in memory: everything is read and tried, then there at once. */
export function memoryPublisher(files: MemoryFiles, rejected: Map<string, string>): BundlePublisher {
  return {
    publish: (bundle, options) => publish(files, bundle, options),
    keepRejected: async (_, { modelId, json }) => {
      let name = modelId
      for (let n = 2; rejected.has(name); n++) name = `${modelId}-${n}`
      rejected.set(name, json)
      return `${files.location}/rejected/${name}`
    },
  }
}

async function publish(
  files: MemoryFiles,
  bundle: StagedBundle,
  { modelId: wanted, now, tryCopy }: PublishOptions,
): Promise<PublishedPlace> {
  const content = await readStaged(bundle)
  const path = files.write(wanted, content)
  const copy = await readBundle(path, { modelsDir: dirname(path) })
  if (copy.status === 'invalid') throw changed(bundle.path)
  await tryCopy(copy)
  const isTaken = (id: string) => files.get(id) !== undefined
  if (isTaken(wanted) && bundle.statedId !== undefined) throw idTaken(files, wanted)
  const modelId = isTaken(wanted) ? await drawModelId(now(), isTaken) : wanted
  files.put(modelId, content)
  return { modelId, location: files.locationOf(modelId) }
}

/** What is published is what was judged. */
async function readStaged({ path, files, manifest }: StagedBundle): Promise<Files> {
  const content = new Map<string, Uint8Array>()
  for (const [name, judged] of Object.entries(files)) {
    const bytes = await readFile(join(path, name)).catch((cause) => {
      throw changed(path, cause)
    })
    if (hash('sha256', bytes, 'hex') !== judged.sha256) throw changed(path)
    content.set(name, bytes)
  }
  return content.set(BUNDLE_FILES.manifest, manifest)
}

function changed(path: string, cause?: unknown): PromotionError {
  const message = `${path} changed while it was being promoted; let the trainer finish, then promote again`
  return new PromotionError('candidate_changed', message, { cause, details: { path } })
}

function idTaken(files: MemoryFiles, modelId: string): PromotionError {
  const location = files.locationOf(modelId)
  const message = `${location} exists already; bundles are never written over: give the candidate another model_id`
  return new PromotionError('id_taken', message, { details: { modelId, path: location } })
}
