import { type BundleChecks, CHECK_CODES, type CheckCode, RegistryError } from '@taskclf/registry-core'
import { ReloadError } from './errors.js'
import { loadModel } from './load-model.js'
import type { ReloaderOptions } from './reloader-options.js'

/** Tries a bundle as the reloader would load it. */
export function checksOf<M>(options: ReloaderOptions<M>): BundleChecks {
  return {
    ...(options.loadTimeoutMs !== undefined && { timeoutMs: options.loadTimeoutMs }),
    check: async (bundle, { content, signal }) => {
      try {
        const recorded = { recordedDigest: content.digest }
        const loaded = await loadModel(bundle, options, { recorded, signal })
        if (loaded) await options.dispose?.(loaded.model)
        return { status: 'passed' }
      } catch (error) {
        if (!(error instanceof ReloadError)) throw error
        const { code, message } = error
        if (code === 'io') throw new RegistryError('io', bundle.path, message, { cause: error })
        const known = (CHECK_CODES as readonly string[]).includes(code) ? (code as CheckCode) : 'load_failed'
        return { status: 'failed', code: known, message }
      }
    },
  }
}
