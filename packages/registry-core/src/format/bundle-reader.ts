import type { Bundle, LocalValidBundle, ValidBundle } from './bundle.js'

/** How the bundles of a registry are read. Where they are is nobody's business but the reader's. */
export interface BundleReader {
  /** Where the bundles are, for people. Never opened. */
  readonly location: string
  /** Every bundle, valid or not, ordered by `modelId` in code-unit order. Bad content is data. */
  scan(options?: ListBundlesOptions): AsyncIterable<Bundle>
  /**
   * One bundle by its id: documents only.
   *
   * @throws RegistryError `unusable_name` when the id cannot name a bundle.
   */
  read(modelId: string): Promise<Bundle>
  /** The files of a bundle that this reader read, in a local directory. Their content is not looked at: who opens them compares. */
  fetch(bundle: ValidBundle, options?: FetchOptions): Promise<FetchedBundle>
  /**
   * Whether anything of that name is there, a bundle or not.
   *
   * @throws RegistryError `unusable_name` when the id cannot name a bundle. The system's error when nobody can say.
   */
  has(modelId: string): Promise<boolean>
  /** Whether this bundle, as it was read, is where a pointer can name it. The system's error when nobody can say. */
  holds(bundle: ValidBundle): Promise<boolean>
  /** A text that changes when what `fetch` would answer may have changed: for who polls. */
  fingerprint(modelId: string): Promise<string>
}

/** How the bundles of a registry are listed. */
export interface ListBundlesOptions {
  /** Whether unchanged bundles may be taken from a cache, as `index.json` is (default `false`). It changes the time, never the list. */
  useIndex?: boolean
}

/** How a bundle's files are fetched. */
export interface FetchOptions {
  signal?: AbortSignal
}

/** A bundle whose files are in a local directory until it is disposed of. On a local disk that is the bundle itself. */
export interface FetchedBundle extends AsyncDisposable {
  readonly bundle: LocalValidBundle
}
