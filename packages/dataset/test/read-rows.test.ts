import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  DatasetError,
  type ReadRowBatchesOptions,
  type Row,
  readRowBatches,
  readRows,
} from '@taskclf/dataset'
import { scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'

async function* chunksOf(
  bytes: Uint8Array | string,
  size = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array> {
  const all = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size)
}

async function rowsOf(
  text: Uint8Array | string,
  options: ReadRowBatchesOptions = {},
  size?: number,
): Promise<Row[]> {
  const rows: Row[] = []
  for await (const row of readRows(chunksOf(text, size), { format: 'csv', ...options })) rows.push(row)
  return rows
}

async function errorOf(rows: Promise<unknown>): Promise<Pick<DatasetError, 'code' | 'line'>> {
  const error = await rows.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(DatasetError)
  const { code, line } = error as DatasetError
  return { code, line }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

const plain = (rows: Row[]) => rows.map(({ line, values }) => ({ line, values: { ...values } }))

describe('readRows of CSV', () => {
  it('gives strings by column, empty cells as null, on objects without a prototype', async () => {
    const rows = await rowsOf('a,__proto__,c\n1,,x y\n"",2,"p,""q"""\n')
    expect(rows.map((row) => Object.entries(row.values))).toEqual([
      [
        ['a', '1'],
        ['__proto__', null],
        ['c', 'x y'],
      ],
      [
        ['a', null],
        ['__proto__', '2'],
        ['c', 'p,"q"'],
      ],
    ])
    expect(rows.map((row) => Object.getPrototypeOf(row.values))).toEqual([null, null])
  })

  it('counts lines over blank lines, CRLF, mixed line ends and cells of several lines, however the bytes are cut', async () => {
    const text = '\ufeffa,b\r\n\r\n1,"x\r\ny\r\nz"\r\n2,"p\nq"\n\n\n3,é\n4,last'
    for (const size of [1, 2, 3, 7, 1000]) {
      expect(plain(await rowsOf(text, {}, size))).toEqual([
        { line: 3, values: { a: '1', b: 'x\r\ny\r\nz' } },
        { line: 6, values: { a: '2', b: 'p\nq' } },
        { line: 10, values: { a: '3', b: 'é' } },
        { line: 11, values: { a: '4', b: 'last' } },
      ])
    }
  })

  it('takes another delimiter, and a tab for .tsv', async () => {
    expect(plain(await rowsOf('a;b\n1;2,5\n', { delimiter: ';' }))).toEqual([
      { line: 2, values: { a: '1', b: '2,5' } },
    ])
    const path = join(scratchDir(), 'rows.TSV')
    writeFileSync(path, 'a\tb\n1\t2\n')
    const rows: Row[] = []
    for await (const row of readRows(path)) rows.push(row)
    expect(plain(rows)).toEqual([{ line: 2, values: { a: '1', b: '2' } }])
  })

  it('returns the columns of a file without rows', async () => {
    let told: readonly string[] = []
    const rows = await rowsOf('a,,b', {
      onColumns: (columns) => {
        told = columns
      },
    })
    expect({ rows, told }).toEqual({ rows: [], told: ['a', '', 'b'] })
  })

  it.each([
    ['', 'missing_header', undefined],
    ['\n\r\n\n', 'missing_header', undefined],
    ['a,b,a\n', 'duplicate_column', 1],
    ['a,b\r1,2\r3,4', 'invalid_column_name', 1],
    ['a,b\n1,2\n\n3\n', 'ragged_row', 4],
    ['a,b\n1,"2\n"\n3,4,5\n', 'ragged_row', 4],
    ['a,b\n1,2\n\n3,"4\n5,6\n', 'unclosed_quote', 4],
    ['a,b\n1,x"y\n', 'misplaced_quote', 2],
    ['a,b\n1,"x"y\n', 'misplaced_quote', 2],
    ['a,b\n1,2\n1,2\0\n', 'nul_byte', 3],
    ['a,b\n1,"a long cell, much longer than is allowed"\n', 'row_too_long', 2],
  ])('refuses %j with %s at line %s, however the bytes are cut', async (text, code, line) => {
    for (const size of [1, 5, 1000]) {
      expect(await errorOf(rowsOf(text, { maxRowBytes: 20 }, size))).toEqual({ code, line })
    }
  })

  it('refuses UTF-16 and Latin-1, with the line', async () => {
    expect((await errorOf(rowsOf(Buffer.from('\ufeffa,b\n', 'utf16le')))).code).toBe('nul_byte')
    const latin1 = Buffer.from('a,b\n1,2\n3,caf\u00e9\n5,6\n', 'latin1')
    for (const size of [1, 4, 1000])
      expect(await errorOf(rowsOf(latin1, {}, size))).toEqual({ code: 'not_utf8', line: 3 })
    const cut = Buffer.from('a\n😀').subarray(0, -1)
    for (const size of [1, 1000])
      expect(await errorOf(rowsOf(cut, {}, size))).toEqual({ code: 'not_utf8', line: 2 })
    const stray = Buffer.concat([Buffer.from('a\n'), Buffer.from([0x80, 0x80, 0x80, 0x80])])
    expect(await errorOf(rowsOf(stray))).toEqual({ code: 'not_utf8', line: 2 })
  })
})

describe('readRows of JSON lines', () => {
  it('takes a BOM off the first line alone', async () => {
    for (const size of [1, 3, 1000]) {
      const text = '\ufeff{"a":1}\n\ufeff{"a":2}'
      expect(await errorOf(rowsOf(text, { format: 'jsonl' }, size))).toEqual({
        code: 'malformed_json',
        line: 2,
      })
    }
  })

  it('gives the values JSON has, past a BOM and blank lines', async () => {
    const text = '\ufeff{"a":1.5,"b":"x","c":true,"d":null}\r\n\n  \n{"__proto__":2}'
    for (const size of [1, 3, 1000]) {
      const rows = await rowsOf(text, { format: 'jsonl' }, size)
      expect(rows.map(({ line, values }) => [line, Object.entries(values)])).toEqual([
        [
          1,
          [
            ['a', 1.5],
            ['b', 'x'],
            ['c', true],
            ['d', null],
          ],
        ],
        [4, [['__proto__', 2]]],
      ])
    }
  })

  it.each([
    ['{"a":1}\n[1]\n', 'not_an_object', 2],
    ['{"a":1}\n\nnull\n', 'not_an_object', 3],
    ['7', 'not_an_object', 1],
    ['{"a":1}\n{"a":{"b":1}}\n', 'nested_value', 2],
    ['{"a":[1]}', 'nested_value', 1],
    ['{"a":1}\n{"a":', 'malformed_json', 2],
    ['{"a":1}\n{"a":"a long cell, much longer"}\n', 'row_too_long', 2],
  ])('refuses %j with %s at line %s', async (text, code, line) => {
    expect(await errorOf(rowsOf(text, { format: 'jsonl', maxRowBytes: 20 }))).toEqual({ code, line })
  })
})

describe('readRowBatches', () => {
  it('gives full batches and a shorter last one', async () => {
    const text = `a\n${Array.from({ length: 25 }, (_, i) => `${i}\n`).join('')}`
    for (const size of [3, 1000]) {
      const sizes: number[] = []
      const seen: unknown[] = []
      for await (const rows of readRowBatches(chunksOf(text, size), { format: 'csv', batchSize: 10 })) {
        sizes.push(rows.length)
        seen.push(...rows.map((row) => row.values.a))
      }
      expect(sizes).toEqual([10, 10, 5])
      expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => String(i)))
    }
  })

  it('stops reading when the reader stops', async () => {
    let given = 0
    async function* endless() {
      yield Buffer.from('a\n')
      for (;;) {
        given += 1
        yield Buffer.from('1\n'.repeat(10))
      }
    }
    for await (const rows of readRowBatches(endless(), { format: 'csv', batchSize: 10 })) {
      expect(rows).toHaveLength(10)
      break
    }
    expect(given).toBeLessThan(4)
  })
})

describe('sources', () => {
  it('needs to know the format', async () => {
    expect(await errorOf(all(readRows('rows.txt')))).toEqual({ code: 'unknown_format', line: undefined })
    expect((await errorOf(all(readRows(chunksOf('a\n'))))).code).toBe('unknown_format')
  })

  it('takes one character as delimiter', async () => {
    for (const delimiter of ['', '"', '\n', ',,']) {
      expect((await errorOf(rowsOf('a\n', { delimiter }))).code).toBe('invalid_delimiter')
    }
    expect(plain(await rowsOf('a·b\n1·2\n', { delimiter: '·' }, 1))).toEqual([
      { line: 2, values: { a: '1', b: '2' } },
    ])
  })

  it('refuses what cannot be read, naming the path', async () => {
    const dir = scratchDir()
    mkdirSync(join(dir, 'd.csv'))
    for (const name of ['missing.csv', 'd.csv']) {
      const error = await all(readRows(join(dir, name))).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'unreadable', path: join(dir, name) })
      expect((error as DatasetError).cause).toBeInstanceOf(Error)
    }
  })

  it('takes any bytes, not only buffers', async () => {
    async function* bytes() {
      yield new TextEncoder().encode('a\n1\n')
    }
    expect(plain(await all(readRows(bytes(), { format: 'csv' })))).toEqual([{ line: 2, values: { a: '1' } }])
  })
})
