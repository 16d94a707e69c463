import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** A CSV file (RFC 4180) as its columns, its rows of text, and a digest of its bytes. */
export function readCsv(path) {
  const bytes = readFileSync(path)
  const [columns, ...rows] = splitRows(bytes.toString('utf8').replace(/^\uFEFF/, ''), path)
  if (columns === undefined || rows.length === 0) throw new Error(`${path} has no rows`)
  rows.forEach((row, i) => {
    if (row.length === columns.length) return
    throw new Error(`${path}: row ${i + 1} has ${row.length} cells, the header has ${columns.length}`)
  })
  return { path, columns, rows, digest: digestOf(bytes) }
}

/** SHA-256, its first 16 hexadecimal digits. */
export function digestOf(content) {
  return createHash('sha256').update(content).digest('hex').slice(0, 16)
}

function splitRows(text, path) {
  const rows = []
  let row = []
  // A cell, quoted or plain, and what ends it.
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y
  while (cell.lastIndex < text.length || row.length > 0) {
    const found = cell.exec(text)
    if (found === null)
      throw new Error(`${path}: row ${rows.length} has a quote that is not closed or stands alone`)
    const [, quoted, plain, end] = found
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  return rows
}
