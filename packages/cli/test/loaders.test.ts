import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Doctor, InferBatch, ModelDiff, ModelSwitch } from '@taskclf/documents'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { binary } from './support/taskclf.js'

/** A format of one's own: a number, the probability of the second label. */
const LOAD = `({ bytes }) => {
  const p = Number(new TextDecoder().decode(bytes))
  return { featureNames: ['x'], numOutputs: 1, predictRows: (_rows, count) => new Float64Array(count).fill(p) }
}`

function folder(module: string): string {
  const dir = scratchDir()
  writeBundle(join(dir, 'models'), 'run-1', { files: { 'model.txt': null, 'model.mine': '0.75' } })
  writeFileSync(join(dir, 'mine.mjs'), module)
  writeFileSync(join(dir, 'rows.csv'), 'x\n1\n')
  return dir
}

const activate = ['model', 'set-active', '--model-id', 'run-1', '--json']
const batch = ['infer', 'batch', '--input', 'rows.csv', '--output', 'out.csv', '--json']

describe('loaders of model files', () => {
  it.each(['*.mine', '.mine', 'model.mine'])('takes %s for the name of a model file', async (name) => {
    const dir = folder(`export default { '${name}': ${LOAD} }`)
    const flag = ['--loader', './mine.mjs']
    expect((await binary([...activate, ...flag], { cwd: dir })).code).toBe(0)
    const { json } = await binary<InferBatch>([...batch, ...flag], { cwd: dir })
    expect([json.rows, json.artifact]).toEqual([1, 'model.mine'])
    expect(readFileSync(join(dir, 'out.csv'), 'utf8')).toContain('0.75')
  })

  it.each([
    ['a function', `export default ${LOAD}`],
    ['loaders by name', `export default { '*.mine': ${LOAD} }`],
  ])('takes those of the configuration: %s', async (_, module) => {
    const dir = folder(module)
    writeFileSync(join(dir, 'taskclf.config.json'), '{"loaders":{"*.mine":"./mine.mjs"}}')
    const { code, json } = await binary<ModelSwitch>(activate, { cwd: dir })
    expect([code, json.model_id]).toEqual([0, 'run-1'])
    expect((await binary(['model', 'verify', '--json'], { cwd: dir })).json).toMatchObject({
      notes: expect.anything(),
    })
  })

  it('gives them to whatever else loads a model: diff, inspect, doctor', async () => {
    const dir = folder(`export default { '*.mine': ${LOAD} }`)
    writeBundle(join(dir, 'models'), 'run-2', { files: { 'model.txt': null, 'model.mine': '0.25' } })
    writeBundle(join(dir, 'models'), 'run-3', { files: { 'model.txt': null, 'model.other': 'x' } })
    const flag = ['--loader', './mine.mjs']
    const input = ['model', 'diff', 'run-1', 'run-2', '--input', 'rows.csv', '--json']
    expect((await binary(input, { cwd: dir })).json.error.code).toBe('no_loader')
    const { json } = await binary<ModelDiff>([...input, ...flag], { cwd: dir })
    expect(json.predictions).toMatchObject({ rows: 1, agree: 0, largest_difference: 0.5 })
    const { json: doctor } = await binary<Doctor>(['doctor', '--json', ...flag], { cwd: dir })
    const unfit = doctor.findings.filter(({ code }) => code === 'infer_cannot_load')
    expect(unfit.map(({ models }) => models)).toEqual([['run-3']])
    const gone = ['model', 'inspect', 'run-1', '--json', '--loader', 'gone.mjs']
    expect((await binary(gone, { cwd: dir })).json.error.code).toBe('loader_unusable')
  })

  it('refuses a model without its loader, and a module that loads nothing', async () => {
    const dir = folder('export default 3')
    const without = await binary(activate, { cwd: dir })
    expect([without.code, without.json.error.code]).toEqual([1, 'not_checked'])
    const odd = await binary([...activate, '--loader', 'mine.mjs'], { cwd: dir })
    expect([odd.code, odd.json.error.code]).toEqual([2, 'loader_unusable'])
    const gone = await binary([...activate, '--loader', 'gone.mjs'], { cwd: dir })
    expect(gone.json.error.code).toBe('loader_unusable')
  })
})
