import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { readBundle } from '@taskclf/registry-core'
import { lackingStrace, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const CLI = new URL('../../packages/cli/dist/bin.cjs', import.meta.url).pathname
const INDEX = new URL('../../packages/registry-core/dist/index.js', import.meta.url).pathname

const noStrace = lackingStrace()

/** The problems of every bundle as a process of its own reads them while a system call fails on one path. */
function listWith(
  models: string,
  call: string,
  errno: string,
  path: string,
): [code: string, errno?: string][] {
  const program = `
    import { listBundles } from ${JSON.stringify(INDEX)}
    const bundles = await listBundles(process.argv[2])
    console.log(JSON.stringify(bundles.flatMap(({ problems = [] }) => problems.map(({ code, errno }) => [code, errno]))))`
  const script = join(scratchDir(), 'list.mjs')
  writeFileSync(script, program)
  const inject = ['-qq', '-o', '/dev/null', '-P', path, '-e', `inject=${call}:error=${errno}`]
  const out = execFileSync('strace', [...inject, process.execPath, script, models], { encoding: 'utf8' })
  return JSON.parse(out) as [code: string, errno?: string][]
}

it.for(['EIO', 'EMFILE', 'ESTALE'])(
  'does not report a link that cannot be followed (%s) as one that leads out',
  (errno, { skip }) => {
    if (noStrace) skip(noStrace)
    const models = scratchDir()
    writeBundle(models, 'good')
    const dir = writeBundle(models, 'run-1', { files: { 'metrics.json': null } })
    symlinkSync('../good/metrics.json', join(dir, 'metrics.json'))
    const found = listWith(models, 'readlink', errno, join(dir, 'metrics.json'))
    expect(found.map(([code]) => code)).toEqual(['unreadable'])
    expect(found.map(([, name]) => name ?? errno)).toEqual([errno])
  },
)

it('does not report a bundle that cannot be looked at (EIO) as removed', ({ skip }) => {
  if (noStrace) skip(noStrace)
  const models = scratchDir()
  const dir = writeBundle(models, 'run-1', { files: { 'metrics.json': '{' } })
  const found = listWith(models, 'statx,access', 'EIO', dir)
  expect(found.map(([code]) => code)).not.toContain('vanished')
})

it.for([['set-active', '--model-id', 'other'], ['rollback']])(
  'does not write over a model that cannot be read (EIO) by model %s',
  async (words, { skip }) => {
    if (noStrace) skip(noStrace)
    const models = scratchDir()
    for (const id of ['other', 'active']) {
      const bundle = await readBundle(writeBundle(models, id))
      if (bundle.status !== 'valid') throw new Error(`${id} is no bundle`)
      await writeActiveAtomic(models, bundle, { source: 'promotion' })
    }
    const pointer = readFileSync(join(models, 'active.json'), 'utf8')
    const path = join(models, 'active', 'metadata.json')
    const inject = ['-f', '-qq', '-o', '/dev/null', '-P', path, '-e', 'inject=open,openat:error=EIO']
    const args = [process.execPath, CLI, 'model', ...words, '--models-dir', models]
    expect(spawnSync('strace', [...inject, ...args]).status).toBe(3)
    expect(readFileSync(join(models, 'active.json'), 'utf8')).toBe(pointer)
  },
)
