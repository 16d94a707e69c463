import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadPredictor } from '@taskclf/predictor'
import { readBundle } from '@taskclf/registry-core'
import { fixturePath, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const read = (file: string) => readFileSync(fixturePath('pandas', file), 'utf8')

it.each([[undefined], [{ plan: ['', 'basic', 'family', 'pro', 'student'] }]])(
  'answers for the empty text, and for an empty field, in a model trained with it: vocabularies %j',
  async (encoders) => {
    const files = encoders && { files: { 'categorical_encoders.json': JSON.stringify(encoders) } }
    const model = read('empty-text.model.txt')
    const bundle = await readBundle(writeBundle(join(scratchDir(), 'models'), 'run-1', { model, ...files }))
    if (bundle.status !== 'valid') throw new Error('not valid')
    const predictor = await loadPredictor(bundle)
    const { rows, expected } = JSON.parse(read('empty-text.json'))
    const fields = rows.map((row: Record<string, unknown>) => ({
      ...row,
      plan: row.plan === '' ? null : row.plan,
    }))
    for (const given of [rows, fields]) {
      const answers = await predictor.predict(given)
      for (const [r, { probabilities }] of answers.entries()) {
        expect(probabilities?.[1]).toBeCloseTo(expected[r], 9)
      }
    }
  },
)
