import { readFileSync } from 'node:fs'
import { parseModel } from '@taskclf/lightgbm'
import { fixturePath } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const file = (name: string) => readFileSync(fixturePath('lightgbm-files', name))
const { rows, ...expected } = JSON.parse(file('expected.json').toString())

it.each(Object.keys(expected))('reads %s, and answers as LightGBM itself', (name) => {
  const model = parseModel(file(`${name}.txt`))
  const scores = rows.flatMap((row: (number | null)[]) => [
    ...model.rawScoreRow(row.map((x) => x ?? Number.NaN)),
  ])
  expect(scores).toEqual(expected[name].raw_score.flat())
})
