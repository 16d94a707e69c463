import { codeTable } from '@taskclf/errors'

/** What can go wrong with a file of rows: every code of a `DatasetError`. */
export const DATASET_ERRORS = /* @__PURE__ */ codeTable({
  unknown_format: {
    what: 'Neither the extension nor `format` says what the format is.',
    hint: 'use .csv, .tsv, .jsonl or .ndjson, or give the format',
  },
  invalid_delimiter: {
    what: 'The delimiter is not one character, or one that cannot separate cells.',
    hint: 'give one character, not a quote or a line end',
  },
  unreadable: {
    what: 'The source cannot be opened or read.',
    hint: 'check the path, permissions and the disk; `cause` is the error of the system',
  },
  not_utf8: {
    what: 'The file has bytes that are not UTF-8.',
    hint: 'save the file as UTF-8 text',
  },
  nul_byte: {
    what: 'The file has a NUL byte: it is UTF-16, or not text.',
    hint: 'save the file as UTF-8 text',
  },
  missing_header: {
    what: 'A CSV is empty.',
    hint: 'name the columns in the first row',
  },
  duplicate_column: {
    what: 'A column is named twice, in the header or in a row of JSON.',
    hint: 'rename or remove one',
  },
  invalid_column_name: {
    what: 'The header of a CSV has a lone carriage return.',
    hint: 'write the file with `\\n` or `\\r\\n` as line ends',
  },
  ragged_row: {
    what: 'A row has more or fewer cells than the header.',
    hint: 'correct the row; quote cells that hold the delimiter',
  },
  unclosed_quote: {
    what: 'A quoted cell never ends; the line is where the row begins.',
    hint: 'close the quote; double quotes inside the cell',
  },
  misplaced_quote: {
    what: 'A quote is inside an unquoted cell.',
    hint: 'quote the cell and double the quotes in it',
  },
  row_too_long: {
    what: 'A row is longer than `maxRowBytes` or `maxLineBytes`.',
    hint: 'look for a quote that is never closed; else raise the limit',
  },
  malformed_json: {
    what: 'A line is not JSON.',
    hint: 'write one JSON object on each line',
  },
  not_an_object: {
    what: 'A JSON line is not an object.',
    hint: 'write `{ "column": value, … }` on each line',
  },
  nested_value: {
    what: 'A cell of a JSON line is a list or an object.',
    hint: 'write flat rows: one value for each column',
  },
  not_a_file: {
    what: 'The target is a directory.',
    hint: 'name a file to write',
  },
  write_failed: {
    what: 'The file was not written; `cause` is the error of the system.',
    hint: 'free space or correct permissions, then write again',
  },
  durability_unknown: {
    what: 'The file was written and is in place, but the last sync failed: a power loss may undo it.',
    hint: 'check the file system before relying on the file; writing it again makes certain',
  },
  writer_closed: {
    what: '`write` after `finish` or `abort`.',
    hint: 'make another writer',
  },
})
