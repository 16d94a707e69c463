import { chmodSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadSettings, type SettingFlags, SettingsError } from '@taskclf/settings'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { taskclf } from './support/taskclf.js'

const settingsOf = (cwd: string, flags: SettingFlags = {}, env: Record<string, string> = {}) =>
  loadSettings(flags, { env, cwd })

const TWO = {
  policy: 'ungated',
  cadence: 'weekly',
  label_set: ['a', 'b'],
  models: {
    churn: { models_dir: 'models/churn', cadence: '7d', profiles: { nightly: { command: 'train' } } },
    upsell: { models_dir: 'models/upsell', runs_dir: 'elsewhere', predictions: 'answers', schema_hash: 'u' },
  },
}

function configured(config: unknown): string {
  const dir = scratchDir()
  writeFileSync(join(dir, 'taskclf.config.json'), JSON.stringify(config))
  return dir
}

async function refusal(config: unknown): Promise<string[]> {
  const error = await settingsOf(configured(config)).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(SettingsError)
  expect((error as SettingsError).code).toBe('config_invalid')
  return ((error as SettingsError).details.violations as { at: string }[]).map(({ at }) => at)
}

/** What a thing that is thrown when it is asked for says. */
function refused(ask: () => unknown): { code: string; message: string } {
  try {
    ask()
  } catch (error) {
    return error as SettingsError
  }
  throw new Error('was not refused')
}

describe('families of models', () => {
  it('takes a family by the flag before the variable before the only one there is', async () => {
    const dir = configured(TWO)
    const place = async (flags: SettingFlags, env: Record<string, string> = {}) => {
      const { modelsDir, modelsDirSource, family } = await settingsOf(dir, flags, env)
      return [modelsDir.slice(dir.length + 1), modelsDirSource, family]
    }
    const both = { TASKCLF_MODELS_DIR: 'elsewhere', TASKCLF_MODEL: 'upsell' }
    expect(await place({ model: 'churn' }, both)).toEqual(['models/churn', 'config', 'churn'])
    expect(await place({ 'models-dir': 'm' }, both)).toEqual(['m', 'flag', undefined])
    expect(await place({}, both)).toEqual(['elsewhere', 'environment', undefined])
    expect(await place({}, { TASKCLF_MODEL: 'upsell' })).toEqual(['models/upsell', 'config', 'upsell'])
    const one = await settingsOf(configured({ models: { churn: { models_dir: 'm' } } }))
    expect([one.family, one.familyNames]).toEqual(['churn', ['churn']])
  })

  it('takes a directory that is a family’s for that family', async () => {
    const dir = configured(TWO)
    const named = await settingsOf(dir, { 'models-dir': 'models/upsell' })
    expect([named.family, named.modelsDirSource]).toEqual(['upsell', 'flag'])
    expect((await settingsOf(dir, {}, { TASKCLF_MODELS_DIR: 'models/churn/' })).family).toBe('churn')
  })

  it('lets a family say for itself what the configuration says for all', async () => {
    const dir = configured(TWO)
    const churn = await settingsOf(dir, { model: 'churn' })
    expect([churn.cadence, Object.keys(churn.profiles)]).toEqual(['7d', ['nightly']])
    expect((await churn.policy()).source).toBe('ungated')
    expect(await churn.requirement()).toEqual({ labelSet: ['a', 'b'] })
    const upsell = await settingsOf(dir, { model: 'upsell', 'label-set': 'x' }, { TASKCLF_POLICY: 'default' })
    expect([upsell.cadence, upsell.profiles]).toEqual(['weekly', {}])
    expect((await upsell.policy()).source).toBe('default')
    expect(await upsell.requirement()).toEqual({ schemas: [{ hash: 'u' }], labelSet: ['x'] })
  })

  it('keeps runs and predictions of each family apart', async () => {
    const dir = configured(TWO)
    const churn = await settingsOf(dir, { model: 'churn' })
    expect([churn.runsDir, churn.predictionsDir]).toEqual([
      join(dir, 'runs/churn'),
      join(dir, 'predictions/churn'),
    ])
    const upsell = await settingsOf(dir, { model: 'upsell' })
    expect([upsell.runsDir, upsell.predictionsDir]).toEqual([join(dir, 'elsewhere'), join(dir, 'answers')])
    const env = { TASKCLF_RUNS_DIR: 'by-env' }
    expect((await settingsOf(dir, { model: 'churn' }, env)).runsDir).toBe(join(dir, 'by-env'))
    const plain = await settingsOf(scratchDir())
    expect(plain.predictionsDir).toBeUndefined()
  })

  it('reports a policy of a family by its place', async () => {
    const dir = configured({ models: { churn: { models_dir: 'm', policy: { gatse: [] } } } })
    await expect((await settingsOf(dir)).policy()).rejects.toMatchObject({
      code: 'policy_invalid',
      message: expect.stringContaining('models.churn.policy'),
    })
  })

  it('refuses to choose one of several, when a command needs it', async () => {
    const settings = await settingsOf(configured(TWO))
    for (const key of ['modelsDir', 'runsDir', 'profiles', 'cadence'] as const) {
      const { code, message } = refused(() => settings[key])
      expect([code, message]).toEqual(['usage', expect.stringContaining('churn, upsell')])
    }
    await expect(settings.policy()).rejects.toMatchObject({ code: 'usage' })
    await expect(settings.requirement()).rejects.toMatchObject({ code: 'usage' })
    expect(settings.actor).toBeUndefined()
  })

  it('refuses an unknown name: that of the flag at once, that of the variable when it is used', async () => {
    const dir = configured(TWO)
    const meant = expect.stringContaining('did you mean churn?')
    await expect(settingsOf(dir, { model: 'chrun' })).rejects.toMatchObject({
      code: 'unknown_family',
      message: meant,
    })
    await expect(settingsOf(scratchDir(), { model: 'churn' })).rejects.toMatchObject({
      code: 'unknown_family',
    })
    await expect(settingsOf(configured({}), { model: 'churn' })).rejects.toMatchObject({
      message: expect.stringContaining('has no models'),
    })
    const settings = await settingsOf(dir, {}, { TASKCLF_MODEL: 'chrun' })
    expect(refused(() => settings.modelsDir)).toMatchObject({ code: 'unknown_family', message: meant })
    expect((await settingsOf(dir, { model: 'churn' }, { TASKCLF_MODEL: 'x' })).family).toBe('churn')
    await expect(settingsOf(dir, { model: 'churn', 'models-dir': 'm' })).rejects.toMatchObject({
      code: 'usage',
    })
  })

  it.each([
    [{ models: {} }, ['models']],
    [{ models: { '../x': { models_dir: 'm' } } }, ['models.../x']],
    [{ models: { churn: {} } }, ['models.churn.models_dir']],
    [{ models: { churn: { models_dir: 'm', polcy: 'default' } } }, ['models.churn.polcy']],
    [{ models: { churn: { models_dir: 'm', actor: 'me' } } }, ['models.churn.actor']],
    [
      { models: { churn: { models_dir: 'm', schema_hash: 'a', schemas: [{ hash: 'b' }] } } },
      ['models.churn.schema_hash'],
    ],
    [{ models_dir: 'm', runs_dir: 'r', models: { churn: { models_dir: 'c' } } }, ['models_dir', 'runs_dir']],
    [{ models: { a: { models_dir: 'm' }, b: { models_dir: './m/' } } }, ['models.b.models_dir']],
  ])('refuses %j', async (config, violations) => {
    expect(await refusal(config)).toEqual(violations)
  })

  it('names the nearest key of a family', async () => {
    const dir = configured({ models: { churn: { models_dir: 'm', polcy: 'default' } } })
    await expect(settingsOf(dir)).rejects.toMatchObject({
      message: expect.stringContaining('did you mean policy?'),
    })
  })

  it('names the configuration of a directory above, where it decides the models dir', async () => {
    const dir = configured(TWO)
    writeBundle(join(dir, 'models/churn'), 'run-1')
    mkdirSync(join(dir, 'deep'))
    const list = async (cwd: string, ...flags: string[]) =>
      (await taskclf<{ notes: unknown }>(['train', 'list', '--json', ...flags], { cwd })).json
    const deep = join(dir, 'deep')
    const above = [
      { level: 'note', code: 'config_above', message: expect.stringContaining(join(dir, 'models/churn')) },
    ]
    expect((await list(deep, '--model', 'churn')).notes).toEqual(above)
    expect((await list(dir, '--model', 'churn')).notes).toEqual([])
    expect((await list(deep, '--models-dir', '../models/churn')).notes).toEqual([])
    const config = join(dir, 'taskclf.config.json')
    expect((await list(deep, '--model', 'churn', '--config', config)).notes).toEqual([])
    expect(
      (await taskclf<{ notes: unknown }>(['policy', 'show', 'ungated', '--json'], { cwd: deep })).json,
    ).toMatchObject({
      notes: [],
    })
  })

  it('exits with 2 and the families where none is named', async () => {
    const { code, stderr } = await taskclf(['train', 'list'], { cwd: configured(TWO) })
    expect([code, stderr]).toEqual([2, expect.stringMatching(/churn, upsell[\s\S]*--model/)])
    expect((await taskclf(['policy', 'show', 'ungated'], { cwd: configured(TWO) })).code).toBe(0)
  })

  it('completes families, and models of the one that is named', async () => {
    const dir = configured(TWO)
    writeBundle(join(dir, 'models/churn'), 'run-1')
    const offer = async (...words: string[]) =>
      (await taskclf(['__complete', ...words], { cwd: dir })).stdout.split('\n').filter((line) => line !== '')
    expect(await offer('train', 'list', '--model', '')).toEqual(['churn', 'upsell'])
    expect(await offer('model', 'inspect', '--model', 'churn', '')).toEqual(['run-1'])
    expect(await offer('model', 'inspect', '')).toEqual([])
  })
})

describe('what a configuration may have run', () => {
  const CODE = { profiles: { nightly: { command: 'train' } }, loaders: { '*.mine': './mine.mjs' } }

  it('is taken from one that is here or named, and that nobody else may write', async () => {
    const dir = configured(CODE)
    const config = join(dir, 'taskclf.config.json')
    writeFileSync(join(dir, 'mine.mjs'), 'export default () => {}')
    const here = await settingsOf(dir)
    expect([Object.keys(here.profiles), here.loaders]).toEqual([
      ['nightly'],
      { '*.mine': realpathSync(join(dir, 'mine.mjs')) },
    ])
    mkdirSync(join(dir, 'deep'))
    const above = await settingsOf(join(dir, 'deep'))
    for (const key of ['profiles', 'loaders'] as const)
      expect(refused(() => above[key])).toMatchObject({
        code: 'usage',
        message: expect.stringContaining(config),
      })
    expect(Object.keys((await settingsOf(join(dir, 'deep'), { config })).profiles)).toEqual(['nightly'])
    for (const mode of [0o664, 0o646]) {
      chmodSync(config, mode)
      expect(refused(() => here.profiles)).toMatchObject({
        code: 'usage',
        message: expect.stringContaining(config),
      })
    }
    expect(here.modelsDir).toBe(join(dir, 'models'))
  })

  it('is found below the configuration, or installed for it', async () => {
    const outside = join(scratchDir(), 'mine.mjs')
    writeFileSync(outside, '')
    const dir = configured({ loaders: { a: 'mine', b: './link.mjs' } })
    const settings = await settingsOf(dir)
    expect(refused(() => settings.loaders)).toMatchObject({ code: 'loader_unusable' })
    mkdirSync(join(dir, 'node_modules/mine'), { recursive: true })
    writeFileSync(join(dir, 'node_modules/mine/index.js'), '')
    symlinkSync(outside, join(dir, 'link.mjs'))
    expect(refused(() => settings.loaders)).toMatchObject({
      code: 'loader_unusable',
      message: expect.stringContaining('link.mjs'),
    })
    rmSync(join(dir, 'link.mjs'))
    writeFileSync(join(dir, 'link.mjs'), '')
    expect(Object.keys(settings.loaders)).toEqual(['a', 'b'])
  })
})

describe('the whole program', () => {
  it('prints its help when nothing is asked of it', async () => {
    const bare = await taskclf([], { cwd: scratchDir() })
    expect([bare.code, bare.stderr]).toEqual([0, ''])
    expect(bare.stdout).toBe((await taskclf(['--help'], { cwd: scratchDir() })).stdout)
  })

  it('prints no notes and no warnings with --quiet, and errors all the same', async () => {
    const dir = scratchDir()
    writeBundle(join(dir, 'models'), 'run-1')
    const asked = ['model', 'select', '--policy', 'ungated']
    expect((await taskclf(asked, { cwd: dir })).stderr).toContain('note:')
    const quiet = await taskclf([...asked, '--quiet'], { cwd: dir })
    expect([quiet.code, quiet.stderr, quiet.stdout !== '']).toEqual([0, '', true])
    const document = await taskclf([...asked, '--quiet', '--json'], { cwd: dir })
    expect(document.json).toMatchObject({ notes: [{ code: 'no_schema_hash' }] })
    const refused = await taskclf(['policy', 'check', '--quiet'], {
      cwd: configured({ policy: { gates: 1 } }),
    })
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('error:')])
    expect((await taskclf(['train', 'lits', '--quiet'], { cwd: dir })).stderr).toContain('did you mean')
  })
})
