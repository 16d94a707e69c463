import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { copyDemoModels, runReadmeExample, scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { REGISTRY_ERROR_CODES } from '../src/errors.js'
import { BUNDLE_FILES } from '../src/format/bundle-files.js'
import { PROBLEM_CODES, WARNING_CODES } from '../src/format/problems.js'
import { readBundle } from '../src/local/read-bundle.js'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const layout = read('../../../docs/model_bundle_layout.md')
const metrics = read('../../../docs/metrics_contract.md')
const readme = read('../README.md')

const keysOf = (file: string) => {
  const schema = JSON.parse(read(`../schemas/${file}`)) as { $id: string; properties: object }
  return Object.keys(schema.properties)
}

const example = (text: string, after: string) => {
  const block = /```json\n([\s\S]*?)```/.exec(text.slice(text.indexOf(after)))?.[1]
  if (block === undefined) throw new Error(`no example after ${after}`)
  return JSON.parse(block) as Record<string, unknown>
}

async function validBundle(documents: Record<string, object>) {
  const files = Object.fromEntries(
    Object.entries(documents).map(([name, json]) => [name, JSON.stringify(json)]),
  )
  const bundle = await readBundle(writeBundle(scratchDir(), 'r', { files }))
  if (bundle.status === 'valid') return bundle
  throw new Error(bundle.problems.map((problem) => problem.message).join('\n'))
}

describe('the documentation', () => {
  it('names every code, every file and every key', () => {
    for (const code of PROBLEM_CODES) expect(layout).toContain(`| \`${code}\` |`)
    for (const code of WARNING_CODES) expect(layout).toContain(`| \`${code}\` |`)
    for (const code of REGISTRY_ERROR_CODES) expect(readme).toContain(`| \`${code}\` |`)
    for (const file of Object.values(BUNDLE_FILES)) expect(layout).toContain(file)
    for (const key of keysOf('metadata.v1.json')) expect(layout).toContain(`\`${key}\``)
    for (const key of keysOf('metrics.v1.json')) expect(metrics).toContain(`| \`${key}\` |`)
    for (const key of ['manifest', 'self-test'].flatMap((name) => keysOf(`${name}.v1.json`)))
      expect(layout).toContain(`"${key}"`)
    for (const file of readdirSync(new URL('../schemas', import.meta.url)))
      expect(layout + metrics).toContain(file)
  })

  it('has examples that are valid, and figures that are right', async () => {
    const metadata = { ...example(layout, '## metadata.json'), model_id: 'r' }
    const own = await validBundle({
      'metadata.json': metadata,
      'metrics.json': { auc: 0.9 },
      'categorical_encoders.json': example(layout, '## categorical_encoders.json'),
      'self_test.json': example(layout, '## self_test.json'),
    })
    expect(own.warnings).toEqual([])
    // The figures are of a project with other labels.
    const figures = example(metrics, '## Keys')
    const bundle = await validBundle({
      'metadata.json': { ...metadata, label_set: figures.label_names },
      'metrics.json': figures,
    })
    expect(bundle.warnings).toEqual([])
    expect(bundle.metrics).toMatchObject({
      breakidle_precision: 0.8,
      min_class_precision: 8 / 13,
      acceptance_pass: true,
    })
  })

  it('runs the README examples, which print what they say', async () => {
    const cwd = scratchDir()
    copyDemoModels(cwd)
    const runs = await runReadmeExample(fileURLToPath(new URL('..', import.meta.url)), cwd)
    expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ])
    const [scan, gathered] = runs
    expect(scan?.stdout).toContain('2026-03-02_031009_run-8935 0.9071')
    expect(scan?.stdout).toContain('7 of 7 bundles are valid')
    expect(gathered?.stdout).toBe("0.9 [ 'model.txt' ]\n")
  })
})
