import type { StoreLike } from '@taskclf/active-pointer'
import {
  type BundleContent,
  environmentErrno,
  type LocalValidBundle,
  RegistryError,
  readBundleContent,
} from '@taskclf/registry-core'
import { checkRecorded } from './check-recorded.js'
import { ReloadError, type ReloadErrorCode } from './errors.js'
import { fingerprintBundle } from './fingerprint.js'
import type { Recorded } from './recorded.js'
import type { LoadContext, ReloaderOptions } from './reloader-options.js'
import { untilAborted } from './until-aborted.js'

/** A model ready to serve, and the content that it was made of. */
export interface LoadedModel<M> {
  model: M
  bundleDigest: string
}

/** What bears on a load. */
export interface LoadRequest {
  /** What the pointer recorded of the content. */
  recorded: Recorded
  /** The store that the bundle is in, whose history may be asked; by default the models dir around it. */
  store?: StoreLike | undefined
  /** The digest of a model that is loaded already: there is nothing to do when the content is that. */
  loaded?: string | undefined
  /** Gives up: the promise is rejected with the signal's reason, and a model that comes later is let go. */
  signal?: AbortSignal
}

type LoadOptions<M> = Pick<ReloaderOptions<M>, 'load' | 'selfTest' | 'dispose' | 'loadTimeoutMs'>

/** What a timer takes; beyond it would fire at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/**
 * read and verify → load those bytes → self-test; files that change meanwhile make it void, and so does taking too long. Throws
 * ReloadError, and leaves no model behind: one that comes too late is let go when it comes. Undefined when the content is loaded already.
 */
export async function loadModel<M>(
  bundle: LocalValidBundle,
  options: LoadOptions<M>,
  request: LoadRequest,
): Promise<LoadedModel<M> | undefined> {
  const { modelId } = bundle
  const { loadTimeoutMs = 60_000 } = options
  const aborter = new AbortController()
  const timer = setTimeout(
    () => {
      const message = `${modelId} was not loaded within ${loadTimeoutMs} ms; look at the model, or allow more time`
      aborter.abort(new ReloadError('load_timed_out', message, { modelId }))
    },
    Math.min(loadTimeoutMs, LONGEST_TIMEOUT_MS),
  )
  const signal = request.signal ? AbortSignal.any([request.signal, aborter.signal]) : aborter.signal
  try {
    return await loadUntil(bundle, options, request, signal)
  } finally {
    clearTimeout(timer)
  }
}

async function loadUntil<M>(
  bundle: LocalValidBundle,
  options: LoadOptions<M>,
  { recorded, loaded, store }: LoadRequest,
  signal: AbortSignal,
): Promise<LoadedModel<M> | undefined> {
  const { modelId, path } = bundle
  const fingerprint = fingerprintBundle(path)
  const content = await untilAborted(() => readContent(bundle, { recorded, store }, signal), signal)
  if (content.digest === loaded) return undefined
  const letGo = (model: M) => options.dispose?.(model)
  const context: LoadContext = { bytes: content.bytes, signal }
  const model = await attempt('load_failed', modelId, signal, () => options.load(bundle, context), letGo)
  let testing: unknown
  try {
    await attempt('self_test_failed', modelId, signal, () => {
      const test = options.selfTest?.(model, bundle, context)
      testing = test
      return test
    })
    if (fingerprintBundle(path) !== fingerprint) {
      throw new ReloadError('changed_while_loading', `${modelId} changed on disk while it was loaded`, {
        modelId,
      })
    }
  } catch (error) {
    // The failure is what matters; a model that also cannot be let go changes nothing about it. A test that goes on has the model.
    const gone = Promise.resolve(testing)
      .catch(() => {})
      .then(() => letGo(model))
      .catch(() => {})
    await untilAborted(() => gone, signal).catch(() => {})
    throw error
  }
  return { model, bundleDigest: content.digest }
}

async function readContent(
  bundle: LocalValidBundle,
  { recorded, store }: Pick<LoadRequest, 'recorded' | 'store'>,
  signal: AbortSignal,
): Promise<BundleContent> {
  try {
    const content = await readBundleContent(bundle, { signal })
    await checkRecorded(bundle, content, recorded, store)
    return content
  } catch (cause) {
    if (!(cause instanceof RegistryError)) throw cause
    const { code, message } = cause
    const known = code === 'integrity_mismatch' || code === 'io' ? code : 'bundle_invalid'
    throw new ReloadError(known, message, { modelId: bundle.modelId, cause })
  }
}

async function attempt<T>(
  code: ReloadErrorCode,
  modelId: string,
  signal: AbortSignal,
  run: () => T | Promise<T>,
  late?: (answer: T) => unknown,
): Promise<T> {
  try {
    return await untilAborted(run, signal, late)
  } catch (cause) {
    signal.throwIfAborted()
    const why = cause instanceof Error ? cause.message : String(cause)
    // What the system failed to do says nothing about the model.
    const found = environmentErrno(cause) === undefined ? code : 'io'
    throw new ReloadError(found, `${modelId}: ${code.replaceAll('_', ' ')}: ${why}`, { modelId, cause })
  }
}
