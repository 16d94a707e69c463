import { describe, expect, it } from 'vitest'
import { CASES, type ConformanceCase, PLANTED_FAULTS, planted, runCase, type Subject } from '../src/index.js'
import { memorySubject } from './memory-subject.js'
import { verbs } from './verbs.js'

const WRONG = PLANTED_FAULTS.flatMap((fault) => fault.caughtBy.map((by) => ({ fault, by, name: fault.name })))

describe('a wrong store', () => {
  it.each(WRONG)('fails with $name the case "$by"', async ({ fault, by }) => {
    const one = CASES.find(({ name }) => name === by)
    expect(one, 'a case of that name').toBeDefined()
    expect(await passes(one as ConformanceCase, memorySubject())).toBe(true)
    expect(await passes(one as ConformanceCase, planted(fault, memorySubject()))).toBe(false)
  })
})

async function passes(one: ConformanceCase, subject: Subject): Promise<boolean> {
  try {
    const { answer } = await runCase(one, subject, verbs)
    expect(answer).toEqual(one.answer)
    return true
  } catch {
    return false
  }
}
