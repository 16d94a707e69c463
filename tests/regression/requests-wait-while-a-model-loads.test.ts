import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadPredictor } from '@taskclf/predictor'
import { readBundle } from '@taskclf/registry-core'
import { copyDemoModels, demoDir, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const ID = '2026-03-02_031009_run-8935'
const MODEL_BYTES = 8_000_000

/** The demo's trees again and again. */
function largeModel(): string {
  const text = readFileSync(join(demoDir, 'models', ID, 'model.txt'), 'utf8')
  const [start, end] = [text.indexOf('Tree=0'), text.indexOf('end of trees')]
  const trees = text
    .slice(start, end)
    .split(/^Tree=\d+\n/m)
    .slice(1)
  const parts = [text.slice(0, start).replace(/^tree_sizes=.*\n/m, '')]
  const rounds = Math.ceil(MODEL_BYTES / (end - start))
  for (let i = 0; i < rounds * trees.length; i++) parts.push(`Tree=${i}\n${trees[i % trees.length]}`)
  return `${parts.join('')}${text.slice(end)}`
}

it('leaves most of the time that a large model takes to load to requests', async () => {
  const dir = scratchDir()
  const demo = join(copyDemoModels(dir), ID)
  const metadata = JSON.parse(readFileSync(join(demo, 'metadata.json'), 'utf8'))
  const path = writeBundle(join(dir, 'large'), ID, { model: largeModel(), metadata })
  const bundle = await readBundle(path)
  if (bundle.status !== 'valid') throw new Error('not valid')
  let longest = 0
  let last = performance.now()
  let timer: NodeJS.Immediate
  const look = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    timer = setImmediate(look)
  }
  timer = setImmediate(look)
  const start = performance.now()
  const predictor = await loadPredictor(bundle)
  const total = performance.now() - start
  look()
  clearImmediate(timer)
  await predictor.dispose()
  expect(longest / total).toBeLessThan(0.5)
})
