import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const TWO = ['no', 'yes']
const OTHER = ['a', 'b']

/** A two-class model is active; another of its schema is better by the metric, and answers something else. */
async function scene(metadata: Record<string, unknown>) {
  const dir = scratchDir()
  const models = join(dir, 'models')
  writeBundle(models, 'two', { metadata: { label_set: TWO }, metrics: { macro_f1: 0.8 } })
  await cli(dir, 'model', 'set-active', '--model-id', 'two')
  const candidate = {
    metadata: { label_set: TWO, ...metadata, model_id: 'other' },
    metrics: { macro_f1: 0.95 },
  }
  return { dir, models, candidate }
}

async function cli(dir: string, ...args: string[]) {
  const { code, stdout, stderr } = await runCli([...args, '--unchecked', '--json'], { cwd: dir })
  return { code, data: JSON.parse(stdout), warned: stderr }
}

const activeIn = (models: string) =>
  JSON.parse(readFileSync(join(models, 'active.json'), 'utf8')).model_id as string

const KINDS: [string, Record<string, unknown>, string[]][] = [
  ['other_labels', { label_set: OTHER }, ['--label-set', OTHER.join(',')]],
  ['other_schema', { schema_hash: 'aaaaaaaaaaaa' }, ['--schema-hash', 'aaaaaaaaaaaa']],
]

it.each(KINDS)(
  'publishes a candidate of %s, which takes over only when that was requested',
  async (code, metadata, stated) => {
    const { dir, models, candidate } = await scene(metadata)
    writeBundle(dir, 'candidate', candidate)
    const { data } = await cli(dir, 'train', 'promote', 'candidate')
    expect(data).toMatchObject({ outcome: 'published', selection: { code } })
    expect(data.warnings).toMatchObject([{ code: 'champion_other_schema' }])
    expect(activeIn(models)).toBe('two')
    const selected = await cli(dir, 'model', 'select', '--activate')
    expect(selected.data).toMatchObject({ activated: null, decision: { switch: false, code } })
    expect(selected.warned).toContain('warning: nothing was switched')
    expect(activeIn(models)).toBe('two')
    expect((await cli(dir, 'model', 'select', '--activate', ...stated)).code).toBe(0)
    expect(activeIn(models)).toBe('other')
  },
)

it.each(KINDS)('lets a person switch to %s, and says so', async (_, metadata) => {
  const { dir, models, candidate } = await scene(metadata)
  writeBundle(models, 'other', candidate)
  const set = await cli(dir, 'model', 'set-active', '--model-id', 'other')
  expect(set).toMatchObject({ code: 0, warned: expect.stringContaining('of another kind than two') })
  expect(activeIn(models)).toBe('other')
  const back = await cli(dir, 'model', 'rollback')
  expect(back).toMatchObject({ code: 0, warned: expect.stringContaining('of another kind than other') })
  expect(activeIn(models)).toBe('two')
})

it.each(KINDS)('says in why that the best waits for a person: %s', async (code, metadata) => {
  const { dir, models, candidate } = await scene(metadata)
  writeBundle(models, 'other', candidate)
  const { stdout } = await runCli(['model', 'why', 'other', '--json'], { cwd: dir })
  expect(JSON.parse(stdout)).toMatchObject({ verdict: code })
})

it('accepts the same labels in another order as the same', async () => {
  const { dir, models, candidate } = await scene({ label_set: [...TWO].reverse() })
  writeBundle(dir, 'candidate', candidate)
  await cli(dir, 'train', 'promote', 'candidate')
  expect(activeIn(models)).toBe('other')
})

it.each(KINDS)(
  'does not switch to %s where the active model is damaged either: its documents still say what it was',
  async (code, metadata) => {
    const { dir, models, candidate } = await scene(metadata)
    writeBundle(models, 'other', candidate)
    writeFileSync(join(models, 'two', 'metrics.json'), '{')
    const selected = await cli(dir, 'model', 'select', '--activate')
    expect(selected.data).toMatchObject({ activated: null, decision: { switch: false, code } })
    expect(activeIn(models)).toBe('two')
  },
)

it('does not switch where the active model is gone, and the pointer says of which feature schema it was', async () => {
  const { dir, models, candidate } = await scene({ schema_hash: 'aaaaaaaaaaaa' })
  writeBundle(models, 'other', candidate)
  rmSync(join(models, 'two'), { recursive: true })
  const selected = await cli(dir, 'model', 'select', '--activate')
  expect(selected.data).toMatchObject({ activated: null, decision: { code: 'other_schema' } })
  writeBundle(models, 'same', { metadata: { label_set: TWO }, metrics: { macro_f1: 0.99 } })
  expect((await cli(dir, 'model', 'select', '--activate')).data).toMatchObject({
    activated: { model_id: 'same' },
  })
})
