import type { BundleChecks, CheckedBundle, ManifestEntry, ValidBundle } from '@taskclf/registry-core'

/** Beyond so many files a line does not list them: it stays below what the system appends in one piece. */
const MOST_FILES = 16

/** What a pointer and its line record of a bundle's content. */
export interface CheckedContent {
  bundleDigest: string
  schemaHash?: string
  targetFiles?: Readonly<Record<string, ManifestEntry>>
}

/** The content that was checked is the content that is recorded. */
export function contentOf({ content, bundle }: CheckedBundle & { bundle: ValidBundle }): CheckedContent {
  const { schema_hash: schemaHash } = bundle.metadata
  const isListed = bundle.manifest === undefined && Object.keys(content.files).length <= MOST_FILES
  return {
    bundleDigest: content.digest,
    ...(typeof schemaHash === 'string' && { schemaHash }),
    ...(isListed && { targetFiles: content.files }),
  }
}

/** What the history keeps of checks. */
export function checksRecord(
  checks: BundleChecks | undefined,
  { result }: CheckedBundle,
): { checks?: { status: string; code?: string } } {
  if (checks === undefined) return {}
  return { checks: { status: result.status, ...('code' in result && { code: result.code }) } }
}
