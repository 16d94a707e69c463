import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readActive, writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const cli = fileURLToPath(new URL('../../packages/cli/dist/bin.cjs', import.meta.url))

/** Where the Python project looks: beside the models dir as it was given. */
function pythonFinds(models: string): boolean {
  const { model_dir } = JSON.parse(readFileSync(join(models, 'active.json'), 'utf8'))
  return existsSync(join(dirname(models), model_dir))
}

// It finds nothing there, and writes another pointer over the operator's.
it.each(['library', 'command line'])(
  'writes through a link the name that Python finds, by the %s',
  async (by) => {
    const dir = scratchDir()
    writeBundle(join(dir, 'data', 'registry-v1'), 'run-a')
    mkdirSync(join(dir, 'app'))
    symlinkSync('../data/registry-v1', join(dir, 'app', 'models'))
    const models = join(dir, 'app', 'models')
    if (by === 'library') {
      const bundle = (await readBundle(join(models, 'run-a'))) as LocalValidBundle
      await writeActiveAtomic(models, bundle, { source: 'manual' })
    } else {
      const words = ['model', 'set-active', '--model-id', 'run-a', '--models-dir', 'app/models', '--force']
      execFileSync(process.execPath, [cli, ...words], { cwd: dir })
    }
    expect(pythonFinds(models)).toBe(true)
    expect(await readActive(models)).toMatchObject({ status: 'valid', modelId: 'run-a' })
  },
)

// Read as corrupt, its incumbent was overwritten as "nothing is active".
it('reads a pointer as the Python project on Windows writes it', async () => {
  const models = join(scratchDir(), 'models')
  writeBundle(models, 'run-a')
  const pointer = {
    model_dir: 'models\\run-a',
    selected_at: '2026-03-01',
    policy_version: 1,
    model_id: 'run-a',
  }
  writeFileSync(join(models, 'active.json'), JSON.stringify(pointer))
  expect(await readActive(models)).toMatchObject({ status: 'valid', modelId: 'run-a' })
})
