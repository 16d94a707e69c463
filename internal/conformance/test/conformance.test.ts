import { describe, expect, it } from 'vitest'
import { CASES, runCase } from '../src/index.js'
import { memorySubject } from './memory-subject.js'
import { localSubject } from './subjects.js'
import { verbs } from './verbs.js'

describe('every store', () => {
  it.each(CASES)('passes on a models dir: $name', async (one) => {
    const local = await runCase(one, localSubject(), verbs)
    expect(local.answer, 'a models dir').toEqual(one.answer)
    const memory = await runCase(one, memorySubject(), verbs)
    expect(memory.answer, 'memory').toEqual(one.answer)
    expect(memory.left, 'what is left in memory, beside what is left in a models dir').toEqual(local.left)
  })
})

describe('the suite', () => {
  it('has cases of different names', () => {
    const names = CASES.map(({ name }) => name)
    expect(names.length).toBeGreaterThanOrEqual(120)
    expect(new Set(names).size).toBe(names.length)
  })
})
