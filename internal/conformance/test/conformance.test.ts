import { describe, expect, it } from 'vitest'
import { CASES, runCase } from '../src/index.js'
import { localSubject } from './subjects.js'
import { verbs } from './verbs.js'

describe('a models dir', () => {
  it.each(CASES)('$name', async (one) => {
    expect((await runCase(one, localSubject(), verbs)).answer).toEqual(one.answer)
  })
})

describe('the suite', () => {
  it('has cases of different names', () => {
    const names = CASES.map(({ name }) => name)
    expect(names.length).toBeGreaterThanOrEqual(120)
    expect(new Set(names).size).toBe(names.length)
  })
})
