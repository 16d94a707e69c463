import type { Writable } from 'node:stream'
import {
  type CellValue,
  createRowWriter,
  type DatasetError,
  type DatasetErrorCode,
  type JsonLine,
  type Row,
  type RowSource,
  type RowWriter,
  readJsonLines,
  readRowBatches,
  readRows,
} from '@taskclf/dataset'
import { describe, expectTypeOf, it } from 'vitest'

describe('the types', () => {
  it('are what dependents rely on', () => {
    expectTypeOf(readRows).parameter(0).toEqualTypeOf<RowSource>()
    expectTypeOf(readRows('a.csv')).toExtend<AsyncIterable<Row>>()
    expectTypeOf(readRowBatches('a.csv', { batchSize: 10 })).toExtend<AsyncIterable<Row[]>>()
    expectTypeOf(readJsonLines(process.stdin)).toExtend<AsyncIterable<JsonLine>>()
    expectTypeOf<Row['values']>().toEqualTypeOf<Record<string, CellValue>>()
    expectTypeOf<Extract<JsonLine, { ok: true }>['value']>().toBeUnknown()
    expectTypeOf<Extract<JsonLine, { ok: false }>['error']>().toEqualTypeOf<DatasetError>()
    expectTypeOf(createRowWriter).parameter(0).toEqualTypeOf<string | Writable>()
    expectTypeOf(createRowWriter).returns.toEqualTypeOf<RowWriter>()
    expectTypeOf<DatasetError['code']>().toEqualTypeOf<DatasetErrorCode>()
    // @ts-expect-error the columns are required
    createRowWriter('a.csv', {})
  })
})
