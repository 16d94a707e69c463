import { join } from 'node:path'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { beforeEach, expect, it } from 'vitest'

/** 0.5 by its own matrix; 0.99 is written beside it, and ranks first. */
const EDITED = {
  macro_f1: 0.99,
  label_names: ['BreakIdle', 'Build'],
  confusion_matrix: [
    [10, 10],
    [10, 10],
  ],
}
const CODE = 'metrics_contradict_matrix'
let dir: string

beforeEach(() => {
  dir = scratchDir()
  const models = join(dir, 'models')
  writeBundle(models, 'edited', { metrics: EDITED })
  writeBundle(models, 'sound')
})

const json = async (...args: string[]) => JSON.parse((await runCli([...args, '--json'], { cwd: dir })).stdout)

it.each([
  ['select', ['model', 'select']],
  ['set-active', ['model', 'set-active', '--model-id', 'edited']],
  ['select --activate', ['model', 'select', '--activate']],
  ['why', ['model', 'why', 'edited']],
])('warns in %s', async (_, args) => {
  const { notes } = await json(...args)
  expect(notes).toContainEqual(expect.objectContaining({ level: 'warning', code: CODE }))
})

it('says so in a selection of every bundle that it ranks', async () => {
  const { report } = await json('model', 'select')
  const [edited, sound] = report.ranked
  expect(edited.warnings.map((warning: { code: string }) => warning.code)).toContain(CODE)
  expect(sound).not.toHaveProperty('warnings')
})

it('marks the bundle in a list', async () => {
  const { bundles } = await json('train', 'list')
  const codes = bundles.map(({ warnings }: { warnings: { code: string }[] }) =>
    warnings.map(({ code }) => code),
  )
  expect(codes).toEqual([expect.arrayContaining([CODE]), []])
  expect((await runCli(['train', 'list'], { cwd: dir })).stdout).toContain(CODE)
})

it('names it in doctor', async () => {
  const { findings } = await json('doctor')
  expect(findings).toContainEqual(
    expect.objectContaining({ level: 'warning', code: CODE, models: ['edited'] }),
  )
})
