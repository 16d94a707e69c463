import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import {
  type CellValue,
  createRowWriter,
  type RowFormat,
  type RowWriter,
  type RowWriterOptions,
  readRows,
  type WritableRow,
} from '@taskclf/dataset'
import { scratchDir, spawnProgram } from '@taskclf/test-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const KILLED = fileURLToPath(new URL('./programs/write-forever.mjs', import.meta.url))

async function textOf(rows: readonly WritableRow[], options: RowWriterOptions): Promise<string> {
  const path = join(scratchDir(), 'out.csv')
  const writer = createRowWriter(path, options)
  await writer.write(rows)
  await writer.finish()
  return readFileSync(path, 'utf8')
}

async function codeOf(step: () => Promise<unknown> | RowWriter): Promise<unknown> {
  try {
    await step()
    return undefined
  } catch (error) {
    return (error as { code?: unknown }).code
  }
}

describe('what is written', () => {
  it('cannot be run by a spreadsheet, when that is required; numbers and JSON stay', async () => {
    const columns = ['=a']
    const cells = ['=1+1', '+cmd', '-cmd', '@x', '\tx', '-1.5', '+.5e3', 'a=b', -2, null]
    const rows = cells.map((cell) => ({ '=a': cell }))
    const safe = await textOf(rows, { columns, spreadsheetSafe: true })
    expect(safe.split('\n').slice(0, -1)).toEqual([
      "'=a",
      "'=1+1",
      "'+cmd",
      "'-cmd",
      "'@x",
      "'\tx",
      '-1.5',
      '+.5e3',
      'a=b',
      '-2',
      '""',
    ])
    expect(await textOf(rows, { columns })).toContain('\n=1+1\n')
    const json = await textOf(rows, { columns, format: 'jsonl', spreadsheetSafe: true })
    expect(json).toContain('{"=a":"=1+1"}')
  })

  it('quotes what needs quotes, and writes numbers to the last digit', async () => {
    const rows = [
      { a: 'x,y', b: 0.1 + 0.2, c: true, other: 'not written' },
      { a: 'say "hi"\r\n', b: 1e-320, c: null },
      { b: undefined, c: '=SUM(1)' },
    ]
    expect(await textOf(rows, { columns: ['a', 'b', 'c'] })).toBe(
      'a,b,c\n"x,y",0.30000000000000004,true\n"say ""hi""\r\n",1e-320,\n,,=SUM(1)\n',
    )
    expect(await textOf(rows, { columns: ['a', 'b'], format: 'jsonl' })).toBe(
      '{"a":"x,y","b":0.30000000000000004}\n{"a":"say \\"hi\\"\\r\\n","b":1e-320}\n{"a":null,"b":null}\n',
    )
  })

  it('never takes a cell from the prototype', async () => {
    expect(await textOf([{}], { columns: ['toString', 'x'] })).toBe('toString,x\n,\n')
  })

  it('writes a header without rows', async () => {
    expect(await textOf([], { columns: ['a', 'b'], delimiter: ';' })).toBe('a;b\n')
  })

  it.each<{ format: RowFormat; delimiter: string }>([
    { format: 'csv', delimiter: ',' },
    { format: 'csv', delimiter: '\t' },
    { format: 'csv', delimiter: '-' },
    { format: 'jsonl', delimiter: ',' },
  ])('is read back as it was: $format with $delimiter', async ({ format, delimiter }) => {
    const text = fc
      .oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom(...'",;-\t\r\n \\a\ufeff') }))
      .filter((each) => !each.includes('\0'))
    const name = text.filter((each) => !each.includes('\r'))
    const cell: fc.Arbitrary<CellValue> = fc.oneof(
      text,
      fc.double({ noDefaultInfinity: true, noNaN: true }),
      fc.boolean(),
      fc.constant(null),
    )
    const table = fc.uniqueArray(name, { minLength: 1, maxLength: 5 }).chain((columns) =>
      fc.record({
        columns: fc.constant(columns),
        rows: fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), {
          maxLength: 8,
        }),
      }),
    )
    const path = join(scratchDir(), 'out')
    await fc.assert(
      fc.asyncProperty(table, async ({ columns, rows }) => {
        const objects = rows.map((cells) =>
          Object.assign(
            Object.create(null),
            Object.fromEntries(columns.map((column, i) => [column, cells[i]])),
          ),
        )
        const writer = createRowWriter(path, { format, delimiter, columns })
        await writer.write(objects)
        await writer.finish()
        const read: CellValue[][] = []
        for await (const row of readRows(path, { format, delimiter })) {
          read.push(columns.map((column) => row.values[column] ?? null))
        }
        const expected = (each: CellValue) => {
          if (format === 'jsonl') return Object.is(each, -0) ? 0 : each
          return each === null || each === '' ? null : String(each)
        }
        expect(read).toEqual(rows.map((cells) => cells.map(expected)))
      }),
      { numRuns: 150 },
    )
  })
})

describe('where it is written', () => {
  it('appears whole, at the end, and never before', async () => {
    const dir = scratchDir()
    const path = join(dir, 'out.csv')
    writeFileSync(path, 'old')
    const writer = createRowWriter(path, { columns: ['a'] })
    const many = Array.from({ length: 50_000 }, (_, i) => ({ a: i }))
    await writer.write(many)
    expect(readFileSync(path, 'utf8')).toBe('old')
    await Promise.all([writer.finish(), writer.finish()])
    expect(readFileSync(path, 'utf8')).toBe(`a\n${many.map((row) => `${row.a}\n`).join('')}`)
    expect(readdirSync(dir)).toEqual(['out.csv'])
    expect(await codeOf(() => writer.write([{ a: 1 }]))).toBe('writer_closed')
    await writer.abort()
    expect(readdirSync(dir)).toEqual(['out.csv'])
  })

  it('leaves nothing when aborted, early or late', async () => {
    const dir = scratchDir()
    await createRowWriter(join(dir, 'a.csv'), { columns: ['a'] }).abort()
    const writer = createRowWriter(join(dir, 'b.csv'), { columns: ['a'] })
    await writer.write(Array.from({ length: 50_000 }, () => ({ a: 'aaaa' })))
    expect(readdirSync(dir)).toHaveLength(1)
    await writer.abort()
    expect(readdirSync(dir)).toEqual([])
  })

  it('leaves nothing under the final name when killed', async () => {
    const dir = scratchDir()
    const child = spawnProgram(KILLED, [join(dir, 'out.csv')])
    await new Promise<void>((resolve) => child.stdout?.once('data', () => resolve()))
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    const names = readdirSync(dir)
    expect(names).toHaveLength(1)
    expect(names[0]).toMatch(/^\.out\.csv\..*\.tmp$/)
    expect(statSync(join(dir, names[0] as string)).size).toBeGreaterThan(0)
  })

  it('removes what a killed writer to the same place left, and nothing else', async () => {
    const dir = scratchDir()
    const path = join(dir, 'out.csv')
    const child = spawnProgram(KILLED, [path])
    await new Promise<void>((resolve) => child.stdout?.once('data', () => resolve()))
    const alive = createRowWriter(path, { columns: ['a'] })
    await alive.write(Array.from({ length: 50_000 }, () => ({ a: 'aaaa' })))
    expect(readdirSync(dir)).toHaveLength(2)
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    writeFileSync(join(dir, '.out.csv.x.tmp'), '')
    await createRowWriter(path, { columns: ['a'] }).finish()
    expect(readdirSync(dir)).toHaveLength(3)
    await alive.abort()
    expect(readdirSync(dir).sort()).toEqual(['.out.csv.x.tmp', 'out.csv'])
  })

  it('stages beside a name as long as names may be', async () => {
    const path = join(scratchDir(), `${'n'.repeat(251)}.csv`)
    await createRowWriter(path, { columns: ['a'] }).finish()
    expect(readFileSync(path, 'utf8')).toBe('a\n')
  })

  it('replaces what a link points to, and keeps the file mode', async () => {
    const dir = scratchDir()
    writeFileSync(join(dir, 'real.csv'), 'old')
    chmodSync(join(dir, 'real.csv'), 0o600)
    symlinkSync('real.csv', join(dir, 'link.csv'))
    const writer = createRowWriter(join(dir, 'link.csv'), { columns: ['a'] })
    await writer.finish()
    expect(readFileSync(join(dir, 'real.csv'), 'utf8')).toBe('a\n')
    expect(statSync(join(dir, 'real.csv')).mode & 0o777).toBe(0o600)
    expect(readdirSync(dir).sort()).toEqual(['link.csv', 'real.csv'])
  })

  it('writes straight to a FIFO or device', async () => {
    const dir = scratchDir()
    const fifo = join(dir, 'fifo')
    execFileSync('mkfifo', [fifo])
    const reading = (async () => {
      const rows: unknown[] = []
      for await (const row of readRows(fifo, { format: 'csv' })) rows.push(row.values.a)
      return rows
    })()
    const writer = createRowWriter(fifo, { format: 'csv', columns: ['a'] })
    await writer.write([{ a: 1 }])
    await writer.finish()
    expect(await reading).toEqual(['1'])
    expect(statSync(fifo).isFIFO()).toBe(true)
    const nowhere = createRowWriter('/dev/null', { format: 'csv', columns: ['a'] })
    await nowhere.write([{ a: 1 }])
    await nowhere.abort()
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  it('refuses what cannot be written', async () => {
    const dir = scratchDir()
    mkdirSync(join(dir, 'd.csv'))
    const columns = ['a']
    expect(await codeOf(() => createRowWriter(join(dir, 'd.csv'), { columns }).finish())).toBe('not_a_file')
    expect(await codeOf(() => createRowWriter(join(dir, 'none', 'x.csv'), { columns }).finish())).toBe(
      'write_failed',
    )
    expect(await codeOf(() => createRowWriter(join(dir, 'x.txt'), { columns }))).toBe('unknown_format')
    expect(await codeOf(() => createRowWriter(new PassThrough(), { columns }))).toBe('unknown_format')
    expect(await codeOf(() => createRowWriter(join(dir, 'x.csv'), { columns: ['a', 'a'] }))).toBe(
      'duplicate_column',
    )
    expect(readdirSync(dir)).toEqual(['d.csv'])
  })

  it('fails once, cleans up, and renames nothing, when the name cannot be taken in the end', async () => {
    const dir = scratchDir()
    const writer = createRowWriter(join(dir, 'x.csv'), { columns: ['a'] })
    await writer.write(Array.from({ length: 50_000 }, () => ({ a: 'aaaa' })))
    mkdirSync(join(dir, 'x.csv'))
    expect(await codeOf(() => writer.finish())).toBe('write_failed')
    expect(readdirSync(dir)).toEqual(['x.csv'])
  })
})

describe('a stream', () => {
  it('gets rows as they come, waits for it, and leaves it open', async () => {
    const taken: string[] = []
    let busy = 0
    let most = 0
    const slow = new Writable({
      decodeStrings: false,
      write(chunk: string, _encoding, done) {
        busy += 1
        most = Math.max(most, busy)
        setTimeout(() => {
          taken.push(chunk)
          busy -= 1
          done()
        }, 2)
      },
    })
    const writer = createRowWriter(slow, { format: 'csv', columns: ['a'] })
    await writer.write([{ a: 1 }])
    expect(taken.join('')).toBe('a\n1\n')
    await Promise.all([writer.write([{ a: 2 }]), writer.write([{ a: 3 }])])
    await writer.finish()
    expect(taken.join('')).toBe('a\n1\n2\n3\n')
    expect(most).toBe(1)
    expect(slow.writableEnded).toBe(false)
    expect(slow.listenerCount('error')).toBe(0)
  })

  it('reports a stream that fails as an error with its cause, and the process does not end', async () => {
    const cause = Object.assign(new Error('gone'), { code: 'EPIPE' })
    const closed = new Writable({ write: (_chunk, _encoding, done) => done(cause) })
    const writer = createRowWriter(closed, { format: 'jsonl', columns: ['a'] })
    await expect(writer.write([{ a: 1 }])).rejects.toMatchObject({ code: 'write_failed', cause })
    expect(await codeOf(() => writer.finish())).toBe('write_failed')
  })
})
