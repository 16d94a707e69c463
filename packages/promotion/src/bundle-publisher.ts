import type { ModelStore, StoreLook } from '@taskclf/active-pointer'
import type { LockOptions } from '@taskclf/durable-fs'
import type { LocalValidBundle, ManifestEntry } from '@taskclf/registry-core'

/** A judged candidate as it is to be published: local files, and the digest of each as it was judged. */
export interface StagedBundle {
  /** The directory of its files. */
  path: string
  /** Every file to be published but the manifest: path inside the bundle → digest and size. */
  files: Readonly<Record<string, ManifestEntry>>
  /** The bytes of `manifest.json`, which is written last. */
  manifest: Uint8Array
  /** The id that its metadata state; absent: another may be drawn where the wanted one is taken. */
  statedId: string | undefined
  /** `sha256:…` of the listed files. */
  digest: string
}

/** How a bundle is published. */
export interface PublishOptions {
  /** The id it is to have. */
  modelId: string
  now: () => Date
  lock?: Pick<LockOptions, 'timeoutMs' | 'staleAfterMs'> | undefined
  /** Looks at the copy that is about to be published, before any reader can see it; a throw publishes nothing. */
  tryCopy: (copy: LocalValidBundle) => Promise<void>
}

/** A bundle that is in a store. */
export interface PublishedPlace {
  modelId: string
  location: string
}

/** The one way by which bundles get into a store: a reader sees all of a bundle or nothing, at any instant and after any crash. */
export interface BundlePublisher {
  /**
   * @throws PromotionError `id_taken`, `candidate_changed`, `lock_timeout`, `lock_foreign_owner`, `publish_failed`: nothing was published;
   * `durability_unknown`: published, but the last sync failed.
   */
  publish(bundle: StagedBundle, options: PublishOptions): Promise<PublishedPlace>
  /** Keeps a rejected candidate with the reason, where no reader takes it for a bundle; answers where. */
  keepRejected(bundle: StagedBundle, rejection: { modelId: string; json: string }): Promise<string>
}

/** A store that bundles can be published to. */
export interface RegistryStore extends ModelStore {
  look(): RegistryLook
}

/** A {@link RegistryStore} as it was found. */
export interface RegistryLook extends StoreLook {
  readonly publisher: BundlePublisher
}
