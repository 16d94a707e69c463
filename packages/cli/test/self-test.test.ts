import { cpSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelSelfTest, TrainPromote } from '@taskclf/documents'
import { copyDemoModels, demoDir, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { binary, type Failure, taskclf } from './support/taskclf.js'
import { noteCodes } from './support/trainers.js'

const BEST = '2026-03-02_031009_run-8935'
const ROWS = join(demoDir, 'windows.csv')

/** The demo's models, and the best of them as a candidate beside them. */
function place() {
  const dir = scratchDir()
  copyDemoModels(dir)
  const candidate = join(dir, 'candidate')
  renameSync(join(dir, 'models', BEST), candidate)
  return { dir, candidate, file: join(candidate, 'self_test.json') }
}

const args = (...more: string[]) => {
  const input = more.includes('--input') ? [] : ['--input', ROWS]
  return ['model', 'self-test', 'candidate', ...input, ...more, '--json']
}
const refused = async (dir: string, given: string[]) => {
  const { code, json } = await taskclf<Failure>(given, { cwd: dir })
  return [code, json.error.code]
}

describe('a candidate', () => {
  it('gets a self-test that its promotion is held to', async () => {
    const { dir, candidate, file } = place()
    const { code, json } = await binary<ModelSelfTest>(args(), { cwd: dir })
    expect([code, json.file, json.rows]).toEqual([0, file, 32])
    expect(json.labels.length + json.labels_absent.length).toBe(8)
    const test = JSON.parse(readFileSync(file, 'utf8'))
    expect([test.rows.length, test.expected.length, test.tolerance]).toEqual([32, 32, 1e-6])
    expect(test.rows[0]).not.toHaveProperty('label')
    expect(readdirSync(candidate).filter((name) => name.endsWith('.tmp'))).toEqual([])

    const model = join(candidate, 'model.txt')
    const text = readFileSync(model, 'utf8')
    const promote = ['train', 'promote', candidate, '--ignore-champion', '--dry-run', '--json']
    const whole = await taskclf<TrainPromote>(promote, { cwd: dir })
    expect([whole.code, whole.json.outcome]).toEqual([0, 'dry_run'])
    writeFileSync(model, text.replace(/(leaf_value=-?0\.)\d/g, '$19'))
    const changed = await taskclf<TrainPromote>(promote, { cwd: dir })
    expect([changed.code, changed.json.rejection]).toMatchObject([1, { code: 'self_test_failed' }])
  })

  it('says on standard error which labels no row is answered with', async () => {
    const { dir } = place()
    writeFileSync(join(dir, 'few.csv'), readFileSync(ROWS, 'utf8').split('\n').slice(0, 2).join('\n'))
    const few = ['model', 'self-test', 'candidate', '--input', 'few.csv']
    const { code, stdout, stderr } = await taskclf(few, { cwd: dir })
    expect(code).toBe(0)
    expect(stdout).toMatch(/rows +1 of 1/)
    expect(stderr).toContain('warning: no row of the self-test is answered with')
    const { json } = await taskclf<ModelSelfTest>([...few, '--force', '--json'], { cwd: dir })
    expect(noteCodes(json)).toContain('labels_untested')
  })

  it('says what there was no room for', async () => {
    const { dir } = place()
    const { json } = await taskclf<ModelSelfTest>(args('--rows', '2'), { cwd: dir })
    expect([json.rows, json.left_out.includes('label')]).toEqual([2, true])
    expect(noteCodes(json)).toContain('rows_left_out')
  })

  it('takes rows of the other format, and a tolerance of its own', async () => {
    const { dir, file } = place()
    const [first] = JSON.parse(await selfTestOf(dir, file)).rows
    writeFileSync(join(dir, 'rows.jsonl'), `${JSON.stringify(first)}\n`)
    const { code } = await taskclf(
      ['model', 'self-test', 'candidate', '--input', 'rows.jsonl', '--tolerance', '1e-9', '--force'],
      { cwd: dir },
    )
    expect([code, JSON.parse(readFileSync(file, 'utf8'))]).toMatchObject([
      0,
      { rows: [first], tolerance: 1e-9 },
    ])
  })
})

async function selfTestOf(dir: string, file: string): Promise<string> {
  expect((await taskclf(args(), { cwd: dir })).code).toBe(0)
  return readFileSync(file, 'utf8')
}

describe('nothing is written', () => {
  it('refuses to replace a self-test that is there, unless by --force', async () => {
    const { dir, candidate, file } = place()
    old(candidate, 'self_test.json')
    const before = readFileSync(file, 'utf8')
    expect(await refused(dir, args())).toEqual([1, 'file_exists'])
    expect(readFileSync(file, 'utf8')).toBe(before)
    expect((await taskclf(args('--force'), { cwd: dir })).code).toBe(0)
    expect(JSON.parse(readFileSync(file, 'utf8')).rows).toHaveLength(32)
  })

  it.each<[string, string, (dir: string, candidate: string) => unknown]>([
    ['in the models dir', 'models/x', (dir, candidate) => copy(candidate, join(dir, 'models/x'))],
    [
      'in the models dir by a link',
      'link',
      (dir, candidate) => {
        copy(candidate, join(dir, 'models/x'))
        symlinkSync(join(dir, 'models/x'), join(dir, 'link'))
      },
    ],
    [
      'that the models dir links to',
      'models/x',
      (dir, candidate) => symlinkSync(candidate, join(dir, 'models/x')),
    ],
    [
      'in a models dir that was not named',
      'candidate',
      (dir) => writeFileSync(join(dir, 'active_history.jsonl'), ''),
    ],
    ['with a manifest', 'candidate', (_, candidate) => writeFileSync(join(candidate, 'manifest.json'), '{')],
    ['that is the models dir', 'models', () => {}],
  ])('refuses to write into a bundle %s', async (_, given, prepare) => {
    const { dir, candidate } = place()
    prepare(dir, candidate)
    const before = readdirSync(join(dir, given)).sort()
    expect(await refused(dir, ['model', 'self-test', given, '--input', ROWS, '--force', '--json'])).toEqual([
      1,
      'published_bundle',
    ])
    expect(readdirSync(join(dir, given)).sort()).toEqual(before)
  })

  it.each<[string, string, string[], number]>([
    ['a number too large', 'bad_value', ['9'.repeat(400)], 1],
    ['infinity', 'bad_value', ['Infinity'], 1],
    ['no rows', 'self_test_not_made', [], 1],
  ])('names the line of %s', async (_, expected, cells, exit) => {
    const { dir, candidate } = place()
    const [header = '', first = ''] = readFileSync(ROWS, 'utf8').split('\n')
    const column = header.split(',').indexOf('keys_per_min')
    const lines = cells.map((cell) => first.split(',').with(column, cell).join(','))
    writeFileSync(join(dir, 'rows.csv'), [header, ...lines.map((line) => `${first}\n${line}`)].join('\n'))
    const given = ['model', 'self-test', 'candidate', '--input', 'rows.csv', '--json']
    const { code, json } = await taskclf<Failure>(given, { cwd: dir })
    expect([code, json.error.code]).toEqual([exit, expected])
    if (cells.length > 0) expect(json.error.details).toMatchObject({ line: 3, columns: ['keys_per_min'] })
    expect(readdirSync(candidate)).not.toContain('self_test.json')
  })

  it.each<[string, number, string[], ((candidate: string) => unknown)?]>([
    ['invalid_value', 2, args('--rows', '1001')],
    ['invalid_value', 2, args('--tolerance', '0.5')],
    ['invalid_value', 2, args('--tolerance', 'small')],
    ['unreadable', 3, args('--input', 'none.csv')],
    [
      'same_file',
      2,
      args('--force', '--input', 'candidate/self_test.json'),
      (at) => old(at, 'self_test.json'),
    ],
    ['invalid_bundle', 1, args(), (at) => rmSync(join(at, 'metrics.json'))],
    ['invalid_bundle', 1, args(), (at) => rmSync(at, { recursive: true })],
    ['load_failed', 1, args(), (at) => writeFileSync(join(at, 'model.txt'), 'tree\n')],
    [
      'target_is_a_link',
      3,
      args('--force'),
      (at) => {
        old(at, 'other.json')
        symlinkSync('other.json', join(at, 'self_test.json'))
      },
    ],
  ])('answers %s, exit %i', async (expected, exit, given, prepare = () => {}) => {
    const { dir, candidate } = place()
    prepare(candidate)
    expect(await refused(dir, given)).toEqual([exit, expected])
  })
})

const copy = (from: string, to: string) => cpSync(from, to, { recursive: true })

/** A self-test that no model passes. */
function old(candidate: string, name: string): void {
  writeFileSync(join(candidate, name), '{"version":1,"rows":[{"x":1}],"expected":[[1]],"tolerance":0}\n')
}
