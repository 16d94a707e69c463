import { writeFileAtomic } from '@taskclf/durable-fs'
import { storing } from './errors.js'
import type { RunManifest } from './manifest-schema.js'

/** Replaces the manifest, whole. */
export async function writeManifest(path: string, manifest: RunManifest): Promise<void> {
  await storing(`the manifest of run ${manifest.run_id} was not written`, () => writeJson(path, manifest))
}

/** Writes a document as people can read it, atomically. */
export function writeJson(path: string, value: unknown): Promise<void> {
  return writeFileAtomic(path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`))
}
