// `npm run defects` takes long and runs on occasion; that its list fits the sources is held here.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { DEFECTS, placeOf, plant } from '../../scripts/defects.mjs'

it.each(DEFECTS.map((defect) => ({ name: defect[0], defect })))('plants $name', ({ defect }) => {
  const sound = readFileSync(new URL(`../../${placeOf(defect[1])}`, import.meta.url), 'utf8')
  expect(plant(defect, sound)).not.toBe(sound)
})
