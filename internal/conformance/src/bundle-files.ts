import { createHash } from 'node:crypto'
import type { Files } from './subject.js'

/** What is laid over the documents of a sound bundle; null leaves a file out. */
export interface BundleOver {
  metadata?: Record<string, unknown>
  metrics?: Record<string, unknown>
  files?: Readonly<Record<string, string | Uint8Array | null>>
}

/** The files of a bundle that satisfies the contract and passes the default gates. */
export function bundleFiles({ metadata, metrics, files }: BundleOver = {}): Files {
  const all = {
    'metadata.json': json({
      schema_version: 'v1',
      schema_hash: '8776f20dbb8f',
      label_set: ['BreakIdle', 'Build'],
      created_at: '2026-03-01T00:00:00+00:00',
      ...metadata,
    }),
    'metrics.json': json({
      macro_f1: 0.9,
      weighted_f1: 0.91,
      acceptance_pass: true,
      breakidle_precision: 0.97,
      min_class_precision: 0.8,
      ...metrics,
    }),
    'model.txt': 'tree\n',
    ...files,
  }
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null),
  )
}

/** The files and their manifest. */
export function withManifest(files: Files, over: Record<string, unknown> = {}): Files {
  const entries = Object.entries(files).map(([name, content]) => [name, entryOf(content)])
  return {
    ...files,
    'manifest.json': json({ version: 1, files: { ...Object.fromEntries(entries), ...over } }),
  }
}

/** Digest and size of a file, as a manifest lists them. */
export function entryOf(content: string | Uint8Array): { sha256: string; size: number } {
  const bytes = Buffer.from(content as string)
  return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length }
}

/** `sha256:` and the digest of a text. */
export function digest(text: string): string {
  return `sha256:${entryOf(text).sha256}`
}

/** As documents are written. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
