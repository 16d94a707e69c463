import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type InferAnswer, inferAnswerSchema } from '@taskclf/documents'
import { copyDemoModels, demoDir, runCli, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { binary, type Failure } from './support/taskclf.js'

const BEST = '2026-03-02_031009_run-8935'
const WINDOWS = join(demoDir, 'windows.csv')

function demo(): string {
  const dir = scratchDir()
  copyDemoModels(dir)
  return dir
}

const batch = (output: string, more: string[] = []) => [
  ...['infer', 'batch', '--input', WINDOWS, '--output', output, '--explain', '2', ...more],
]
const lines = (dir: string, file: string) => readFileSync(join(dir, file), 'utf8').trimEnd().split('\n')

describe('infer batch --explain', () => {
  it('adds columns to CSV, and one object to JSON lines, which say the same', async () => {
    const dir = demo()
    expect((await binary(batch('why.csv'), { cwd: dir })).code).toBe(0)
    expect((await binary(batch('why.jsonl'), { cwd: dir })).code).toBe(0)
    const [header = '', ...rows] = lines(dir, 'why.csv')
    const names = header.split(',')
    expect(names.slice(names.indexOf('explained'))).toEqual([
      ...['explained', 'expected'],
      ...['reason_1', 'reason_1_value', 'reason_1_contribution'],
      ...['reason_2', 'reason_2_value', 'reason_2_contribution'],
    ])
    const objects = lines(dir, 'why.jsonl').map((line) => JSON.parse(line))
    expect(objects).toHaveLength(500)
    expect(Object.keys(objects[0]).at(-1)).toBe('explanation')
    for (const [i, { explanation }] of objects.entries()) {
      const cells = Object.fromEntries(rows[i]?.split(',').map((cell, at) => [names[at], cell]) ?? [])
      const { of, expected, top } = explanation
      expect(cells).toMatchObject({ explained: of, expected: String(expected) })
      for (const [at, { column, value, contribution }] of top.entries())
        expect(cells).toMatchObject({
          [`reason_${at + 1}`]: column,
          [`reason_${at + 1}_value`]: value ?? '',
          [`reason_${at + 1}_contribution`]: String(contribution),
        })
    }
  })

  it('refuses a model that cannot explain, and a number of columns below 1', async () => {
    const dir = demo()
    const file = join(dir, 'models', BEST, 'model.txt')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace(/^(leaf_count|internal_count|tree_sizes)=.*\n/gm, ''))
    const { code, json } = await binary<Failure>(batch('why.csv', ['--json']), { cwd: dir })
    expect([code, json.error.code]).toEqual([1, 'not_explainable'])
    const none = ['infer', 'batch', '--input', WINDOWS, '--output', 'a.csv', '--explain', '0', '--json']
    expect((await binary<Failure>(none, { cwd: dir })).code).toBe(2)
  })
})

it('explains the answers of infer online', async () => {
  const [header = '', first = ''] = readFileSync(WINDOWS, 'utf8').split('\n')
  const cells = first.split(',')
  const row = Object.fromEntries(header.split(',').map((name, i) => [name, cells[i] || null]))
  const args = ['infer', 'online', '--explain', '2', '--model-dir', join('models', BEST)]
  const { code, stdout } = await runCli(args, { cwd: demo(), input: `${JSON.stringify(row)}\n` })
  expect(code).toBe(0)
  const answer = inferAnswerSchema.parse(JSON.parse(stdout)) as InferAnswer & { label?: string }
  expect(answer).toMatchObject({
    explanation: { top: [{ column: expect.any(String) }, { contribution: expect.any(Number) }] },
  })
})
