import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readActive, readHistory, writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

async function switched(): Promise<string> {
  const models = join(scratchDir(), 'models')
  for (const id of ['run-a', 'run-b']) writeBundle(models, id)
  const bundle = (await readBundle(join(models, 'run-a'))) as LocalValidBundle
  await writeActiveAtomic(models, bundle, { source: 'manual' })
  return models
}

/** The text with a second model at its end, which a plain reader takes. */
const twice = (text: string) =>
  `${text.trimEnd().replace(/\}$/, '')}, "model_dir": "models/run-b", "model_id": "run-b"}\n`

it('reports a pointer that names two models as corrupt', async () => {
  const models = await switched()
  const path = join(models, 'active.json')
  writeFileSync(path, twice(readFileSync(path, 'utf8')))
  const active = await readActive(models)
  expect(active.status).toBe('corrupt')
  expect(active.status === 'corrupt' && active.problems.map(({ code }) => code)).toContain('duplicate_key')
})

it('passes over and reports a line that says something twice', async () => {
  const models = await switched()
  const path = join(models, 'active_history.jsonl')
  const line = readFileSync(path, 'utf8').trimEnd()
  appendFileSync(path, `${line.slice(0, -1)}, "revision": 2}\n`)
  const { entries, problems } = await readHistory(models)
  expect([entries.length, problems.map(({ code }) => code)]).toEqual([1, ['malformed_line']])
})
