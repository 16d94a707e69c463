import { extname, resolve } from 'node:path'
import type { RowFormat } from '@taskclf/dataset'

/** A file or a stream of rows, as the user named it. */
export interface Place {
  /** As given. */
  name: string
  /** Absolute; undefined for `-`. */
  path: string | undefined
  /** Stated where the name does not say it. */
  format: { format?: RowFormat }
}

const SAYS_ITS_FORMAT = ['.csv', '.tsv', '.jsonl', '.ndjson']

/** Where rows come from or go to: `-` is the standard stream. */
export function placeOf(name: string, format: RowFormat | undefined, cwd: string): Place {
  if (name === '-') return { name, path: undefined, format: { format: format ?? 'csv' } }
  const isClear = format === undefined || SAYS_ITS_FORMAT.includes(extname(name).toLowerCase())
  return { name, path: resolve(cwd, name), format: isClear ? {} : { format } }
}
