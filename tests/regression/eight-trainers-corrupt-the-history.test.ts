import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

// One fixed temporary name and no lock: eight writers got in each other's way and broke the old → new links.
it('keeps every link and every writer with eight at once', async () => {
  const models = join(scratchDir(), 'models')
  const bundles = await Promise.all(
    ['run-a', 'run-b'].map(async (id) => (await readBundle(writeBundle(models, id))) as LocalValidBundle),
  )
  const switches = Array.from({ length: 40 }, (_, i) =>
    writeActiveAtomic(models, bundles[i % 2] as LocalValidBundle, { source: 'promotion' }),
  )
  await Promise.all(switches)
  const lines = readFileSync(join(models, 'active_history.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ revision }) => revision)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
  for (const [i, line] of lines.entries()) expect(line.old).toEqual(i === 0 ? null : lines[i - 1].new)
})
