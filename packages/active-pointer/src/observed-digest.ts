import { RegistryError, readBundleContent } from '@taskclf/registry-core'
import type { ActiveState } from './format/active-state.js'
import type { StoreLook } from './model-store.js'

/** What was there when a pointer that records no digest was found: for the line that adopts it. */
export interface Observed {
  /** Of the pointer that was looked at. */
  version: string
  /** Absent where the bundle is gone, damaged, or not what its manifest says. */
  digest?: string
}

/** Looks at the content of the model that another program made active; undefined where the pointer records its digest itself. */
export async function observeDigest(
  { bundles }: StoreLook,
  active: ActiveState,
): Promise<Observed | undefined> {
  if (active.status !== 'valid' || active.pointer.bundle_digest !== undefined) return undefined
  const { version } = active
  const bundle = await bundles.read(active.modelId)
  if (bundle.status === 'invalid') return { version }
  try {
    await using fetched = await bundles.fetch(bundle)
    const { digest } = await readBundleContent(fetched.bundle, { keepBytes: false })
    return { version, digest }
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code === 'io') throw error
    return { version }
  }
}
