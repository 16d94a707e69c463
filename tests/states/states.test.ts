// Every state of the active pointer, met by everybody who reads it or puts another in its place. What is expected is in table.mjs,
// which is also the page docs/reference/states.md; a state that cannot be made on this machine is skipped with its reason.
import { readFileSync } from 'node:fs'
import { scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { statesPage } from '../../scripts/references/states-page.mjs'
import { CONSUME } from './consumers.js'
import { whyNot } from './launch.js'
import { MAKE, makeModels } from './make-state.js'
import { CONSUMERS, READING, STATES, WRITING } from './table.mjs'

it('makes each row, and each way of making is a row', () => {
  expect(Object.keys(MAKE).sort()).toEqual(STATES.map(({ id }) => id).sort())
  expect(Object.keys(CONSUME).sort()).toEqual(CONSUMERS.map(({ id }) => id).sort())
})

// Whether a case could be made is a fact of the machine: asked once each.
const reasons = new Map(Object.entries(MAKE).map(([id, made]) => [id, whyNot(made)]))

// Most of the time is programs that start: some at a time.
describe.concurrent.each(CONSUMERS)('$title', ({ id }) => {
  it.for(STATES)('has the outcome of the table: $title', async (row, { skip, expect, onTestFinished }) => {
    const reason = reasons.get(row.id)
    if (reason !== undefined) skip(reason)
    const made = MAKE[row.id]
    if (made === undefined) throw new Error(`nothing makes ${row.id}`)
    const dir = scratchDir('taskclf-state-', onTestFinished)
    const models = await makeModels(dir)
    expect(await CONSUME[id]({ dir, models, made })).toBe(row[id])
  })
})

it('says on the page about the states what this table says', () => {
  expect(readFileSync(new URL('../../docs/reference/states.md', import.meta.url), 'utf8')).toBe(statesPage())
})

describe('no outcome puts another model in place of the one chosen without saying so', () => {
  it('reports in the words that there are', () => {
    const read =
      /^(serves|by policy|written|restored|exit 0|exit 0: no_pointer|another: \w+|keeps: \w+|error: \w+|exit [13]: \w+)$/
    const write = /^(written|exit [13]: \w+)$/
    for (const row of STATES) {
      for (const { id } of READING) expect(row[id]).toMatch(read)
      for (const { id } of WRITING) expect(row[id]).toMatch(write)
    }
  })

  it.each(STATES)('says so: $title', (row) => {
    const outcomes = CONSUMERS.map(({ id }) => row[id])
    if (row.is === 'unknown') for (const each of outcomes) expect(each).toMatch(/^(exit 3|error|keeps): io$/)
    if (row.is !== 'absent') expect(outcomes).not.toContain('by policy')
    // Who reads writes where it is asked to alone; what a person chose and is there, it never does.
    for (const { id } of READING) if (row[id] === 'written') expect([id, row.id]).toEqual(['repair', row.id])
    // What was active last is written again where the pointer is lost, and nowhere else.
    const isLost = row.is === 'absent' || row.resolve === 'exit 1: pointer_corrupt'
    for (const { id } of CONSUMERS) if (row[id] === 'restored') expect([id, isLost]).toEqual(['fix', true])
    if (row.repair === 'written') expect(row.select === 'written' && row.is === 'broken').toBe(false)
    // What must not serve is loaded by nobody, and starts nobody.
    if (row.is === 'broken') {
      for (const id of ['batch', 'online', 'start', 'doctor'] as const)
        expect(row[id]).toMatch(/^(exit 1|error): /)
      expect(row.running).toMatch(/^keeps: /)
    }
    // Who compares does not go on where the other cannot be known.
    if (row.is === 'missing' || row.doctor === 'exit 1: pointer_corrupt')
      expect(row.promote).toMatch(/^exit 1: /)
  })
})
