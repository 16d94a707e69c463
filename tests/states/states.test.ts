// Every state of the active pointer, met by everybody who reads it. What is expected is in table.mjs, which is also the page
// docs/reference/states.md; a state that cannot be made on this machine is skipped with its reason.
import { readFileSync } from 'node:fs'
import { scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { statesPage } from '../../scripts/references/states-page.mjs'
import { CONSUME, whyNot } from './consumers.js'
import { MAKE, makeModels } from './make-state.js'
import { CONSUMERS, STATES } from './table.mjs'

it('each row can be made, and each way of making is a row', () => {
  expect(Object.keys(MAKE)).toEqual(STATES.map(({ id }) => id))
  expect(Object.keys(CONSUME)).toEqual(CONSUMERS.map(({ id }) => id))
})

// Whether a case could be made is a fact of the machine: asked once each.
const reasons = new Map(Object.entries(MAKE).map(([id, made]) => [id, whyNot(made)]))

describe.each(CONSUMERS)('$title', ({ id }) => {
  it.for(STATES)('$title', async (row, { skip }) => {
    const reason = reasons.get(row.id)
    if (reason !== undefined) skip(reason)
    const made = MAKE[row.id]
    if (made === undefined) throw new Error(`nothing makes ${row.id}`)
    const dir = scratchDir()
    const models = await makeModels(dir)
    expect(await CONSUME[id]({ dir, models, made })).toBe(row[id])
  })
})

it('the page about the states is what this table says', () => {
  expect(readFileSync(new URL('../../docs/reference/states.md', import.meta.url), 'utf8')).toBe(statesPage())
})

it('no outcome puts another model in place of the one chosen without saying so', () => {
  for (const row of STATES) {
    for (const { id } of CONSUMERS) {
      const outcome = row[id]
      if (outcome === 'by policy') expect(row.is).toBe('absent')
      if (row.is === 'unknown') expect(outcome).toMatch(/^(exit 3|error|keeps): io$/)
      if (outcome === 'written') expect(['absent', 'missing', 'broken']).toContain(row.is)
    }
  }
})
