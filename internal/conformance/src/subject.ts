import type { RegistryStore } from '@taskclf/promotion'

/** The files of a bundle by their paths inside it. */
export type Files = Readonly<Record<string, Uint8Array | string>>

/** What other programs do to a store, past its interfaces. */
export interface Kit {
  /** Puts a bundle there, in place of one that may be there. */
  putBundle(modelId: string, files: Files): void
  removeBundle(modelId: string): void
  /** Puts a pointer there; undefined removes it. */
  putPointer(pointer: Uint8Array | string | undefined): Promise<void>
  /** The lines of the history. */
  lines(): string[]
  putLines(lines: readonly string[]): Promise<void>
  /** Makes a directory of these files on this machine, outside the store. */
  candidate(files: Files): string
  /** Under what names rejected candidates are kept. */
  rejected(): string[]
}

/** A store that is put to the test. */
export interface Subject extends Kit {
  store: RegistryStore
}
