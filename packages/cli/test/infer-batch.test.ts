import type { ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { InferBatch, ModelInspect } from '@taskclf/documents'
import {
  copyDemoModels,
  demoDir,
  runCli,
  SPLIT_MODEL,
  scratchDir,
  spawnProgram,
  writeBundle,
} from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { runTaskclf } from '../src/cli.js'
import { binary, type Failure, taskclf } from './support/taskclf.js'

const BIN = fileURLToPath(new URL('../dist/bin.cjs', import.meta.url))
const BEST = '2026-03-02_031009_run-8935'
const WINDOWS = join(demoDir, 'windows.csv')
const LINES = readFileSync(WINDOWS, 'utf8').trimEnd().split('\n')

function demo(): string {
  const dir = scratchDir()
  copyDemoModels(dir)
  return dir
}

/** A models dir with one model, which says Build with 0.5622 to whatever x is. */
function tiny(spec: Parameters<typeof writeBundle>[2] = {}): string {
  const dir = scratchDir()
  writeBundle(join(dir, 'models'), 'run-1', spec)
  return dir
}

/** Rows of a CSV without quotes. */
function table(text: string): Record<string, string>[] {
  const [header = '', ...lines] = text.trimEnd().split('\n')
  const names = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])))
}

/** What a directory holds besides the models, hidden files too. */
const rest = (dir: string) => readdirSync(dir).filter((name) => name !== 'models')

describe('the demo', () => {
  it('gives what LightGBM gives, and says how right it is', async () => {
    const dir = demo()
    const args = [
      'infer',
      'batch',
      '--input',
      WINDOWS,
      '--output',
      'out.csv',
      '--label-column',
      'label',
      '--json',
    ]
    const { code, json } = await binary<InferBatch>(args, { cwd: dir })
    expect(code).toBe(0)
    const expected = JSON.parse(readFileSync(join(demoDir, 'expected-predictions.json'), 'utf8'))
    const rows = table(readFileSync(join(dir, 'out.csv'), 'utf8'))
    expect(rows).toHaveLength(500)
    expect(Object.keys(rows[0] ?? {})).toEqual([
      'row',
      'label',
      'confidence',
      'true_label',
      ...expected.labels.map((label: string) => `prob_${label}`),
    ])
    const truth = table(LINES.join('\n')).map(({ label }) => label)
    let correct = 0
    let rejected = 0
    for (const [r, row] of rows.entries()) {
      const wanted: number[] = expected.probabilities[r]
      const found = expected.labels.map((label: string) => Number(row[`prob_${label}`]))
      const worst = Math.max(...wanted.map((p, i) => Math.abs(p - found[i])))
      expect(worst).toBeLessThan(1e-12)
      const top = Math.max(...found)
      expect([row.row, Number(row.confidence), row.true_label]).toEqual([String(r + 1), top, truth[r]])
      expect(row.label).toBe(top < 0.55 ? 'Mixed/Unknown' : expected.labels[found.indexOf(top)])
      if (row.label === truth[r]) correct++
      if (row.label === 'Mixed/Unknown') rejected++
    }
    expect(rejected).toBeGreaterThan(0)
    expect(json).toMatchObject({ model_id: BEST, revision: null, source: 'selection', rows: 500, rejected })
    expect(json.reject_rate).toBe(rejected / 500)
    expect(json.accuracy).toMatchObject({ rows: 500, correct, accuracy: correct / 500 })
    expect(json.accuracy?.accepted_accuracy).toBe(correct / (500 - rejected))
    const { matrix, true_labels: names, predicted_labels: predicted } = json.accuracy?.confusion ?? {}
    expect(names).toEqual(expected.labels)
    expect(predicted).toEqual([...expected.labels, 'Mixed/Unknown'])
    const count = (label: string, given: string) =>
      rows.filter((row) => row.true_label === label && row.label === given).length
    expect(matrix).toEqual(names?.map((label) => predicted?.map((given) => count(label, given))))
    const counts = predicted?.map((label) => ({
      label,
      rows: rows.filter((row) => row.label === label).length,
    }))
    expect(json.labels).toEqual(counts)
  })

  it('reports model, revision and figures on standard error, rows on standard output', async () => {
    const dir = demo()
    await taskclf(['model', 'set-active', '--model-id', BEST], { cwd: dir })
    const args = ['infer', 'batch', '--input', WINDOWS, '--output', '-', '--label-column', 'label']
    const { code, stdout, stderr } = await binary([...args, '--keep', 'window_start', '--keep', 'app_id'], {
      cwd: dir,
    })
    expect(code).toBe(0)
    const rows = table(stdout)
    expect(rows).toHaveLength(500)
    expect(rows[1]).toMatchObject({
      window_start: '2026-04-01T09:01:00Z',
      app_id: 'us.zoom.xos',
      label: 'Meet',
    })
    expect(stderr).toMatch(new RegExp(`^model +${BEST}\nsource +active, revision 1\n`))
    expect(stderr).toMatch(/^accuracy +0\.8740 \(437 of 500 by label\)$/m)
    expect(stderr).toMatch(/^BreakIdle +66 .* 2$/m)
    expect(rest(dir)).toEqual([])
  })
})

describe('formats', () => {
  it('derives formats from the names; --format is for what has none', async () => {
    const dir = tiny()
    const input = '{"x":1,"id":"a","y":[1]}\n{"x":null,"id":7}\n'
    writeFileSync(join(dir, 'in.jsonl'), input.replace(',"y":[1]', ''))
    const args = ['infer', 'batch', '--input', 'in.jsonl', '--keep', 'id']
    expect((await taskclf([...args, '--output', 'out.tsv'], { cwd: dir })).code).toBe(0)
    const [header, first] = readFileSync(join(dir, 'out.tsv'), 'utf8').split('\n')
    expect(header).toBe('row\tlabel\tconfidence\tid\tprob_BreakIdle\tprob_Build')
    expect(first?.split('\t').slice(0, 2)).toEqual(['1', 'Build'])
    const piped = await taskclf([...args, '--output', '-', '--format', 'jsonl'], { cwd: dir })
    const second = JSON.parse(piped.stdout.split('\n')[1] ?? '')
    expect(second).toMatchObject({ row: 2, label: 'Build', id: 7 })
    expect(second).not.toHaveProperty('true_label')
    const unknown = await taskclf<Failure>([...args, '--output', 'out.dat', '--json'], { cwd: dir })
    expect(unknown).toMatchObject({ code: 2, json: { error: { code: 'unknown_format' } } })
    expect((await taskclf([...args, '--output', 'out.dat', '--format', 'csv'], { cwd: dir })).code).toBe(0)
  })

  it('reads standard input as CSV unless stated', async () => {
    const dir = tiny()
    const args = ['infer', 'batch', '--input', '-', '--output', '-']
    const csv = await runCli(args, { cwd: dir, input: 'x\n1\n\n2\n' })
    expect(table(csv.stdout).map(({ row, label }) => [row, label])).toEqual([
      ['1', 'Build'],
      ['2', 'Build'],
    ])
    const jsonl = await runCli([...args, '--format', 'jsonl'], { cwd: dir, input: '{"x":1}\n' })
    expect(JSON.parse(jsonl.stdout)).toMatchObject({ row: 1, label: 'Build' })
    const none = await taskclf(args, { cwd: dir })
    expect(none.code).toBe(1)
  })

  it('cannot share standard output with --json', async () => {
    const args = ['infer', 'batch', '--input', WINDOWS, '--output', '-', '--json']
    expect(await taskclf<Failure>(args, { cwd: demo() })).toMatchObject({
      code: 2,
      json: { error: { code: 'usage' } },
    })
  })
})

describe('labels', () => {
  it('counts labels that the model does not know as others, missing ones not at all', async () => {
    const dir = tiny()
    const cells = ['Build', 'BreakIdle', '', 'Lunch', 'Nap', 'Mixed/Unknown']
    writeFileSync(join(dir, 'in.csv'), `x,truth\n${cells.map((cell) => `1,${cell}`).join('\n')}\n`)
    const args = [
      'infer',
      'batch',
      '--input',
      'in.csv',
      '--output',
      'o.csv',
      '--label-column',
      'truth',
      '--json',
    ]
    const { json } = await taskclf<InferBatch>(args, { cwd: dir })
    expect(json.accuracy).toEqual({
      label_column: 'truth',
      rows: 5,
      correct: 1,
      accuracy: 0.2,
      accepted_rows: 5,
      accepted_accuracy: 0.2,
      confusion: {
        true_labels: ['BreakIdle', 'Build', 'Mixed/Unknown', '(other)'],
        predicted_labels: ['BreakIdle', 'Build', 'Mixed/Unknown'],
        matrix: [
          [0, 1, 0],
          [0, 1, 0],
          [0, 1, 0],
          [0, 2, 0],
        ],
      },
    })
    const strict = await taskclf<InferBatch>([...args, '--reject-threshold', '0.9'], { cwd: dir })
    expect(strict.json).toMatchObject({
      rejected: 6,
      reject_threshold: 0.9,
      accuracy: { correct: 1, accepted_rows: 0, accepted_accuracy: null },
    })
  })

  it('counts no labels in a file without rows', async () => {
    const dir = tiny()
    writeFileSync(join(dir, 'in.csv'), 'x,label\n')
    const args = ['infer', 'batch', '--input', 'in.csv', '--output', 'o.csv', '--label-column', 'label']
    const { json } = await taskclf<InferBatch>([...args, '--json'], { cwd: dir })
    expect(json).toMatchObject({
      rows: 0,
      rejected: 0,
      reject_rate: 0,
      accuracy: { rows: 0, accuracy: null },
    })
    expect(readFileSync(join(dir, 'o.csv'), 'utf8')).toMatch(
      /^row,label,confidence,true_label,prob_[^\n]*\n$/,
    )
    const { stderr } = await taskclf(args, { cwd: dir, columns: 60 })
    expect(stderr).toMatch(/accuracy +- \(0 of 0 by label\)/)
  })
})

describe('labels that begin a formula', () => {
  it('quotes labels that begin a formula for a spreadsheet with --csv-safe', async () => {
    const dir = tiny({ metadata: { label_set: ['@a', '=cmd()'] } })
    writeFileSync(join(dir, 'in.csv'), 'x\n1\n')
    const args = ['infer', 'batch', '--input', 'in.csv', '--output', 'o.csv', '--json']
    await taskclf(args, { cwd: dir })
    expect(readFileSync(join(dir, 'o.csv'), 'utf8')).toContain('\n1,=cmd(),')
    await taskclf([...args, '--csv-safe'], { cwd: dir })
    expect(readFileSync(join(dir, 'o.csv'), 'utf8')).toContain("\n1,'=cmd(),")
  })
})

describe('missing numbers', () => {
  it('reads missing numbers as zero beside the Python project, for its bundles, and says what was assumed', async () => {
    const dir = tiny({ model: SPLIT_MODEL, metadata: { train_date_from: '2026-01-01' } })
    writeFileSync(join(dir, 'in.csv'), 'x,y\n,1\n')
    const args = ['infer', 'batch', '--input', 'in.csv', '--output', 'o.csv', '--json']
    const said = async () => {
      const { json } = await taskclf<InferBatch & { notes: { code: string }[] }>(args, { cwd: dir })
      expect(json.notes.map(({ code }) => code)).toContain('missing_rule_assumed')
      return json.labels.find(({ rows }) => rows === 1)?.label
    }
    expect(await said()).toBe('Build')
    writeFileSync(join(dir, 'taskclf.config.json'), '{"python_interop":true}')
    expect(await said()).toBe('BreakIdle')
    const inspect = await taskclf<ModelInspect>(['model', 'inspect', 'run-1', '--json'], { cwd: dir })
    expect(inspect.json.assumed.map(({ code }) => code)).toEqual(['missing_rule_assumed'])
    const { stdout } = await taskclf(['model', 'inspect', 'run-1'], { cwd: dir })
    expect(stdout).toContain('[missing_rule_assumed]')
  })
})

describe('the reject threshold', () => {
  it.each([
    ["the bundle's", [], 0.55],
    ['the flag', ['--reject-threshold', '0.1'], 0.1],
    ['none', ['--reject-threshold', 'none'], null],
  ])('is %s', async (_, flags, threshold) => {
    const args = ['infer', 'batch', '--input', WINDOWS, '--output', 'o.csv', '--json', ...flags]
    const { json } = await taskclf<InferBatch>(args, { cwd: demo() })
    expect(json.reject_threshold).toBe(threshold)
    expect(json.rejected > 0).toBe(threshold === 0.55)
  })

  it('calls rejected rows as the bundle does, but not as a label of the model', async () => {
    const args = [
      'infer',
      'batch',
      '--input',
      'in.csv',
      '--output',
      'o.csv',
      '--json',
      '--label-column',
      'truth',
    ]
    const withLabel = (reject_label: string) => {
      const dir = tiny({ metadata: { reject_threshold: 0.9, reject_label } })
      writeFileSync(join(dir, 'in.csv'), 'x,truth\n1,Build\n2,BreakIdle\n')
      return dir
    }
    const dir = withLabel('unsure')
    const { json } = await taskclf<InferBatch>(args, { cwd: dir })
    expect(json).toMatchObject({ reject_label: 'unsure', rejected: 2, accuracy: { accepted_rows: 0 } })
    expect(json.labels.find(({ label }) => label === 'unsure')?.rows).toBe(2)
    expect(readFileSync(join(dir, 'o.csv'), 'utf8')).toContain('\n1,unsure,')
    const taken = await taskclf<Failure>(args, { cwd: withLabel('BreakIdle') })
    expect(taken.json.error.code).toBe('invalid_threshold')
  })

  it.each(['1.5', '-1', 'abc', '0x1', 'NaN'])('is not %s', async (text) => {
    const args = [
      'infer',
      'batch',
      '--input',
      WINDOWS,
      '--output',
      'o.csv',
      `--reject-threshold=${text}`,
      '--json',
    ]
    const { code, json } = await taskclf<Failure>(args, { cwd: demo() })
    expect([code, json.error.code]).toEqual([2, 'invalid_value'])
  })
})

describe('what goes wrong', () => {
  async function refusal(dir: string, input: string, flags: string[] = []) {
    writeFileSync(join(dir, 'in.csv'), input)
    const args = ['infer', 'batch', '--input', 'in.csv', '--output', 'out.csv', '--json', ...flags]
    const { code, json } = await taskclf<Failure>(args, { cwd: dir })
    expect(rest(dir)).toEqual(['in.csv'])
    return { code, error: json.error }
  }

  it('names the line and column of a bad row, and leaves no output', async () => {
    const good = LINES.slice(0, 400)
    // A blank line before it counts as a line, not as a row.
    const bad = LINES[7]?.replace(/,[\d.]+,(?=[^,]*,[^,]*$)/, ',abc,')
    const { code, error } = await refusal(
      demo(),
      [...good.slice(0, 20), '', ...good.slice(20), bad].join('\n'),
    )
    expect(code).toBe(1)
    expect(error).toMatchObject({
      code: 'bad_value',
      details: { path: 'in.csv', line: 402, columns: ['max_idle_run_seconds'] },
    })
    expect(error.message).toContain('in.csv, line 402')
  })

  it('leaves no output when thousands of rows are read first, either', async () => {
    const input = ['x', ...Array.from({ length: 50_000 }, (_, i) => i), 'abc'].join('\n')
    const { code, error } = await refusal(tiny(), input)
    expect([code, error.code, error.details?.line]).toEqual([1, 'bad_value', 50_002])
  })

  it.each([
    ['missing columns', 'y,z\n1,2\n', [], 1, 'missing_columns'],
    ['missing columns, and no rows', 'y,z\n', [], 1, 'missing_columns'],
    ['a column to keep that is not there', 'x\n1\n', ['--keep', 'id'], 1, 'missing_columns'],
    ['a label column that is not there', 'x\n1\n', ['--label-column', 'id'], 1, 'missing_columns'],
    ['a column to keep that the output has', 'x,label\n1,a\n', ['--keep', 'label'], 2, 'invalid_value'],
    ['a column to keep twice', 'x,a\n1,a\n', ['--keep', 'a', '--keep', 'a'], 2, 'invalid_value'],
    ['a ragged row', 'x\n1\n2,3\n', [], 1, 'ragged_row'],
    ['an empty file', '', [], 1, 'missing_header'],
  ])('refuses %s', async (_, input, flags, exit, expected) => {
    const { code, error } = await refusal(tiny(), input, flags)
    expect([code, error.code]).toEqual([exit, expected])
  })

  it('finds what is wrong in the model before anything is written', async () => {
    const selfTest = { version: 1, rows: [{ x: 1 }], expected: [[0.9, 0.1]], tolerance: 1e-6 }
    const sick = tiny({ files: { 'self_test.json': JSON.stringify(selfTest) } })
    expect((await refusal(sick, 'x\n1\n')).error.code).toBe('self_test_failed')
    const damaged = tiny({ model: 'tree\nversion=v4\n' })
    expect(await refusal(damaged, 'x\n1\n')).toMatchObject({ code: 1, error: { code: 'load_failed' } })
  })

  it('reports what is wrong with the files as a failure of the environment', async () => {
    const dir = tiny()
    const args = (input: string, output: string) => [
      'infer',
      'batch',
      '--input',
      input,
      '--output',
      output,
      '--json',
    ]
    const noInput = await taskclf<Failure>(args('none.csv', 'o.csv'), { cwd: dir })
    expect(noInput).toMatchObject({ code: 3, json: { error: { code: 'unreadable' } } })
    const noPlace = await taskclf<Failure>(args(WINDOWS, 'no/where.csv'), { cwd: demo() })
    expect(noPlace).toMatchObject({ code: 3, json: { error: { code: 'write_failed' } } })
  })
})

it('shows a terminal how many rows and how fast, everybody else only the result', async () => {
  const dir = tiny()
  writeFileSync(join(dir, 'in.csv'), `x\n${'1\n'.repeat(3_000)}`)
  const said = async (tty: object) => {
    let text = ''
    let ms = 0
    const stream = { write: (part: string) => (text += part), ...tty }
    const now = () => {
      ms += 500
      return new Date(ms)
    }
    const io = { stdout: { write: () => {} }, stderr: stream, env: {}, cwd: dir, now }
    expect(await runTaskclf(['infer', 'batch', '--input', 'in.csv', '--output', 'o.csv'], io)).toBe(0)
    return text
  }
  expect(await said({ isTTY: true, columns: 80 })).toMatch(/3,000 rows, \d[\d,]* rows\/s\r/)
  expect(await said({})).not.toContain('\r')
})

it('ends on a bad row from a pipe that stays open all the same', async () => {
  const child = spawnProgram(BIN, ['infer', 'batch', '--input', '-', '--output', 'o.csv'], { cwd: tiny() })
  child.stdin?.on('error', () => {})
  child.stdin?.write(`x\n${'abc\n'.repeat(100_000)}`)
  expect(await exitOf(child)).toBe(1)
})

it('uses an override, and says that it is one', async () => {
  const dir = demo()
  const other = join('models', '2026-02-16_031012_run-2286')
  const args = ['infer', 'batch', '--input', WINDOWS, '--output', 'o.csv', '--model-dir', other, '--json']
  const { json } = await taskclf<InferBatch>(args, { cwd: dir })
  expect(json).toMatchObject({ source: 'override', model_id: '2026-02-16_031012_run-2286' })
})

describe('asked to end', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('leaves nothing behind on %s, though it waits for input', async (signal, exit) => {
    const dir = tiny()
    const child = spawnProgram(BIN, ['infer', 'batch', '--input', '-', '--output', 'out.csv'], { cwd: dir })
    child.stdin?.on('error', () => {})
    child.stdin?.write(`x\n${'1\n'.repeat(200_000)}`)
    await until(() => rest(dir).length === 1)
    expect(rest(dir)[0]).toMatch(/^\.out\.csv\..*\.tmp$/)
    child.kill(signal)
    expect(await exitOf(child)).toBe(exit)
    expect(rest(dir)).toEqual([])
  })
})

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10)
}

function exitOf(child: ChildProcess): Promise<number | null> {
  child.stdout?.resume()
  child.stderr?.resume()
  return new Promise((resolve) => child.once('close', resolve))
}
