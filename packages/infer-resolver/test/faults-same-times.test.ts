import { readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it, onTestFinished } from 'vitest'
import { createModelReloader } from '../src/index.js'

// A whole second: what was written there can be restored to the nanosecond.
const THEN = 1_700_000_000

it.each(['renamed over', 'written in place'])(
  'loads a model of the same size and to the nanosecond the same time, %s',
  async (how) => {
    const models = join(scratchDir(), 'models')
    const bundle = await readBundle(writeBundle(models, 'run-a', { model: 'model one' }))
    await writeActiveAtomic(models, bundle as LocalValidBundle, { source: 'manual' })
    // A pointer that says what was activated would not let another content serve.
    const active = join(models, 'active.json')
    writeFileSync(active, readFileSync(active, 'utf8').replace(/,\s*"bundle_digest": "[^"]*"/, ''))
    const path = join(models, 'run-a', 'model.txt')
    utimesSync(path, THEN, THEN)
    const before = statSync(path, { bigint: true })
    const reloader = await createModelReloader<string>({
      modelsDir: models,
      pollMs: 3_600_000,
      load: ({ path: dir }) => readFileSync(join(dir, 'model.txt'), 'utf8'),
    })
    onTestFinished(() => reloader.close())
    const target = how === 'renamed over' ? `${path}.new` : path
    writeFileSync(target, 'model two')
    utimesSync(target, THEN, THEN)
    if (target !== path) renameSync(target, path)
    const after = statSync(path, { bigint: true })
    expect([after.mtimeNs, after.size]).toEqual([before.mtimeNs, before.size])
    await reloader.refresh()
    expect(await reloader.use((model) => model)).toBe('model two')
  },
)
