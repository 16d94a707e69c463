import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readActive, readHistory, writeActiveAtomic } from '@taskclf/active-pointer'
import { readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'

// 2^53 - 1 is the last number that counts exactly: one more would be written, and refused by every reader.
describe.each([Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1])(
  'a revision of %d put there by hand',
  (revision) => {
    it.each(['pointer', 'history'])('switches on, twice, with it in the %s', async (where) => {
      const models = join(scratchDir(), 'models')
      const bundle = await readBundle(writeBundle(models, 'run-a'))
      if (bundle.status !== 'valid') throw new Error('the bundle should be valid')
      const pointer = {
        model_dir: 'models/run-a',
        model_id: 'run-a',
        selected_at: '2026-01-01T00:00:00+00:00',
        policy_version: 1,
        ...(where === 'pointer' && { revision, write_id: 'w' }),
      }
      writeFileSync(join(models, 'active.json'), JSON.stringify(pointer))
      if (where === 'history') {
        const line = { at: pointer.selected_at, old: null, new: pointer, revision }
        writeFileSync(join(models, 'active_history.jsonl'), `${JSON.stringify(line)}\n`)
      }
      for (let i = 0; i < 2; i++) {
        const { version } = await writeActiveAtomic(models, bundle, { source: 'manual' })
        expect(await readActive(models)).toMatchObject({ status: 'valid', version })
      }
      expect((await readHistory(models)).problems).toEqual([])
    })
  },
)
