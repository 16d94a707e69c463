import { extname } from 'node:path'
import { DatasetError } from './errors.js'
import type { RowFormat } from './row.js'

const BY_EXTENSION: Readonly<Record<string, { format: RowFormat; delimiter: string }>> = {
  '.csv': { format: 'csv', delimiter: ',' },
  '.tsv': { format: 'csv', delimiter: '\t' },
  '.jsonl': { format: 'jsonl', delimiter: ',' },
  '.ndjson': { format: 'jsonl', delimiter: ',' },
}

/**
 * The format and delimiter to use: those stated, else those the path's extension stands for.
 *
 * @throws DatasetError `unknown_format`, `invalid_delimiter`.
 * @example
 * ```ts
 * resolveFormat('rows.jsonl', {}).format // 'jsonl'
 * ```
 */
export function resolveFormat(
  path: string | undefined,
  stated: { format?: RowFormat | undefined; delimiter?: string | undefined },
): { format: RowFormat; delimiter: string } {
  const known = path === undefined ? undefined : BY_EXTENSION[extname(path).toLowerCase()]
  const format = stated.format ?? known?.format
  if (format === undefined) {
    throw new DatasetError(
      'unknown_format',
      `the format is not known; name it (csv or jsonl), or use a path that ends in ${Object.keys(BY_EXTENSION).join(', ')}`,
      { path },
    )
  }
  const delimiter = stated.delimiter ?? known?.delimiter ?? ','
  if (!/^[^"\r\n\0]$/u.test(delimiter)) {
    const hint = `the delimiter ${JSON.stringify(delimiter)} cannot be used; name one character, not a quote or a line end`
    throw new DatasetError('invalid_delimiter', hint, { path })
  }
  return { format, delimiter }
}
