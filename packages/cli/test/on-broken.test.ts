import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'

// The defaults, in every state of the pointer, are in tests/states.

/** `first` served before `chosen`, which is active; by policy it would be `best`. */
async function models(): Promise<string> {
  const dir = join(scratchDir(), 'models')
  for (const [id, macro_f1] of [
    ['first', 0.6],
    ['chosen', 0.7],
    ['best', 0.99],
  ] as const)
    writeBundle(dir, id, { metrics: { macro_f1 } })
  for (const id of ['first', 'chosen']) {
    const bundle = (await readBundle(join(dir, id))) as LocalValidBundle
    await writeActiveAtomic(dir, bundle, { source: 'promotion' })
  }
  return dir
}

const DAMAGES: Record<string, (dir: string) => void> = {
  active_bundle_missing: (dir) => rmSync(join(dir, 'chosen'), { recursive: true }),
  pointer_corrupt: (dir) => writeFileSync(join(dir, 'active.json'), '{'),
  bundle_invalid: (dir) => rmSync(join(dir, 'chosen', 'metrics.json')),
  integrity_mismatch: (dir) => {
    const path = join(dir, 'chosen', 'model.txt')
    writeFileSync(path, readFileSync(path, 'utf8').replace('leaf_value=0.25', 'leaf_value=0.75'))
  },
}

type Answer = {
  code: number | null
  model?: string
  degraded?: { code: string; wanted: string | null } | null
}

async function batch(dir: string, how: string): Promise<Answer> {
  const output = join(dir, '..', 'out.csv')
  const args = ['--models-dir', dir, '--input', '-', '--output', output, '--on-broken', how, '--json']
  const { code, stdout } = await runCli(['infer', 'batch', ...args], { input: 'x\n1\n' })
  const { model_id: model, degraded, error } = JSON.parse(stdout)
  expect(existsSync(output)).toBe(code === 0)
  return code === 0 ? { code, model, degraded } : { code, degraded: error }
}

async function online(dir: string, how: string): Promise<Answer> {
  const args = ['infer', 'online', '--models-dir', dir, '--on-broken', how, '--log-format', 'json']
  const { code, stdout, stderr } = await runCli(args, { input: '{"x":1}\n' })
  if (code !== 0) {
    expect(stdout).toBe('')
    return { code, degraded: { code: stderr.match(/\[(\w+)\]/)?.[1] ?? stderr, wanted: null } }
  }
  const events = stderr.split('\n').filter((line) => line.startsWith('{'))
  const { degraded } = events.map((line) => JSON.parse(line)).find(({ event }) => event === 'start')
  return { code, model: JSON.parse(stdout).model_id, degraded }
}

describe.each([
  ['infer batch', batch],
  ['infer online', online],
])('%s --on-broken', (_, ask) => {
  it.each(Object.keys(DAMAGES))('obeys for %s, and says which model another replaces', async (code) => {
    const dir = await models()
    DAMAGES[code]?.(dir)
    const wanted = code === 'pointer_corrupt' ? null : 'chosen'
    expect(await ask(dir, 'fail')).toMatchObject({ code: 1, degraded: { code } })
    expect(await ask(dir, 'policy')).toMatchObject({ code: 0, model: 'best', degraded: { code, wanted } })
    // A model that an unreadable pointer may have named served, for all that anybody knows.
    const last = code === 'pointer_corrupt' ? 'chosen' : 'first'
    expect(await ask(dir, 'last_good')).toMatchObject({ code: 0, model: last, degraded: { code, wanted } })
  })

  it('changes nothing for a model that may serve', async () => {
    const dir = await models()
    expect(await ask(dir, 'policy')).toEqual({ code: 0, model: 'chosen', degraded: null })
  })

  it('passes over a last good model that does not load either', async () => {
    const dir = await models()
    DAMAGES.bundle_invalid?.(dir)
    writeFileSync(join(dir, 'first', 'model.txt'), 'tree\n')
    expect((await ask(dir, 'last_good')).code).toBe(1)
  })
})

it('names the model that another replaces in the figures on standard error', async () => {
  const dir = await models()
  DAMAGES.active_bundle_missing?.(dir)
  const said = 'in place of chosen [active_bundle_missing]'
  const batched = await runCli(['infer', 'batch', '--models-dir', dir, '--input', '-', '--output', '-'], {
    input: 'x\n1\n',
  })
  expect([batched.code, batched.stderr]).toEqual([0, expect.stringContaining(said)])
  const answered = await runCli(['infer', 'online', '--models-dir', dir], { input: '{"x":1}\n' })
  expect([answered.code, answered.stderr.split(said).length - 1]).toEqual([0, 2])
})
