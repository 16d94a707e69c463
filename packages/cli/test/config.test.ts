import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { InferResolve } from '@taskclf/documents'
import { loadSettings, type SettingFlags, SettingsError } from '@taskclf/settings'
import { copyDemoModels, demoDir, scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { taskclf } from './support/taskclf.js'

const settingsOf = (cwd: string, flags: SettingFlags = {}, env: Record<string, string> = {}) =>
  loadSettings(flags, { env, cwd })

function configure(dir: string, config: unknown): string {
  const path = join(dir, 'taskclf.config.json')
  writeFileSync(path, typeof config === 'string' ? config : JSON.stringify(config))
  return path
}

async function refusal(dir: string, config: unknown): Promise<SettingsError> {
  configure(dir, config)
  const error = await settingsOf(dir).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(SettingsError)
  return error as SettingsError
}

describe('settings', () => {
  it('prefers flag to environment to configuration to default', async () => {
    const dir = scratchDir()
    const env = { TASKCLF_MODELS_DIR: 'from-env' }
    expect((await settingsOf(dir)).modelsDir).toBe(join(dir, 'models'))
    expect((await settingsOf(dir)).pythonInterop).toBe(false)
    configure(dir, { models_dir: 'from-config', python_interop: true })
    expect((await settingsOf(dir)).pythonInterop).toBe(true)
    expect((await settingsOf(dir)).modelsDir).toBe(join(dir, 'from-config'))
    expect((await settingsOf(dir, {}, env)).modelsDir).toBe(join(dir, 'from-env'))
    const flagged = await settingsOf(dir, { 'models-dir': 'from-flag' }, env)
    expect([flagged.modelsDir, flagged.modelsDirSource]).toEqual([join(dir, 'from-flag'), 'flag'])
  })

  it('finds the configuration upward, and takes its paths from there', async () => {
    const dir = scratchDir()
    const deep = join(dir, 'a', 'b')
    mkdirSync(deep, { recursive: true })
    const path = configure(dir, { models_dir: 'm', runs_dir: 'r', policy: 'p.json', actor: 'team' })
    writeFileSync(join(dir, 'p.json'), '{"version":1,"extends":"default","name":"ours"}')
    const settings = await settingsOf(deep)
    expect(settings).toMatchObject({
      configFile: path,
      modelsDir: join(dir, 'm'),
      runsDir: join(dir, 'r'),
      actor: 'team',
    })
    expect((await settings.policy()).policy.name).toBe('ours')
  })

  it('takes an empty variable for an absent one, and the user for the actor', async () => {
    const dir = scratchDir()
    const settings = await settingsOf(dir, {}, { TASKCLF_MODELS_DIR: '', TASKCLF_ACTOR: '', USER: 'ada' })
    expect([settings.modelsDir, settings.actor]).toEqual([join(dir, 'models'), 'ada'])
  })

  it('takes schemas and labels from the first source that names them', async () => {
    const dir = scratchDir()
    const featureSchema = join(demoDir, 'feature-schema.json')
    expect(await (await settingsOf(dir)).requirement()).toEqual({})
    configure(dir, { schemas: [{ hash: 'a', version: 'v2' }, { hash: 'b' }], label_set: ['x', 'y'] })
    const fromConfig = await (await settingsOf(dir)).requirement()
    expect(fromConfig).toEqual({
      schemas: [{ hash: 'a', version: 'v2' }, { hash: 'b' }],
      labelSet: ['x', 'y'],
    })
    const fromEnv = await settingsOf(dir, {}, { TASKCLF_SCHEMA_HASH: 'c, d', TASKCLF_LABEL_SET: 'z' })
    expect(await fromEnv.requirement()).toEqual({ schemas: [{ hash: 'c' }, { hash: 'd' }], labelSet: ['z'] })
    const fromFlag = await settingsOf(dir, { 'feature-schema': featureSchema }, { TASKCLF_SCHEMA_HASH: 'c' })
    expect((await fromFlag.requirement()).schemas).toEqual([{ hash: '8776f20dbb8f', version: 'v1' }])
    const both = await settingsOf(dir, { 'feature-schema': featureSchema, 'schema-hash': ['e'] })
    await expect(both.requirement()).rejects.toMatchObject({ code: 'usage' })
  })

  it('takes a policy written in the configuration', async () => {
    const dir = scratchDir()
    configure(dir, { policy: { version: 1, extends: 'ungated', min_improvement: 0.01 } })
    const { policy, digest } = await (await settingsOf(dir)).policy()
    expect(policy.min_improvement).toBe(0.01)
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    configure(dir, { policy: { version: 1, gatse: [] } })
    await expect((await settingsOf(dir)).policy()).rejects.toMatchObject({ code: 'policy_invalid' })
  })

  it('reports every violation at once, with the nearest known key', async () => {
    const { code, details } = await refusal(scratchDir(), {
      model_dir: 'x',
      label_set: [],
      actor: 3,
      version: 2,
    })
    expect(code).toBe('config_invalid')
    const violations = details?.violations as { at: string; nearest?: string }[]
    expect(violations.map(({ at }) => at).sort()).toEqual(['actor', 'label_set', 'model_dir', 'version'])
    expect(violations.find(({ at }) => at === 'model_dir')?.nearest).toBe('models_dir')
  })

  it.each([
    ['{', 'config_invalid'],
    ['[]', 'config_invalid'],
    ['{"models_dir":"a","models_dir":"b"}', 'config_invalid'],
    [{ schema_hash: 'a', schemas: [{ hash: 'b' }] }, 'config_invalid'],
    [{ schemas: [{ hash: 'b', vresion: '1' }] }, 'config_invalid'],
    [{ zzzzzzzzz: 1 }, 'config_invalid'],
  ])('refuses %j', async (config, code) => {
    expect((await refusal(scratchDir(), config)).code).toBe(code)
  })

  it('refuses a configuration that is named but not there, or is a directory', async () => {
    const dir = scratchDir()
    await expect(settingsOf(dir, { config: 'none.json' })).rejects.toMatchObject({ code: 'config_missing' })
    mkdirSync(join(dir, 'taskclf.config.json'))
    await expect(settingsOf(dir)).rejects.toMatchObject({ code: 'file_unreadable' })
    const path = join(dir, 'other.json')
    writeFileSync(path, '{"actor":"me"}')
    expect((await settingsOf(dir, { config: path })).actor).toBe('me')
    expect((await settingsOf(dir, {}, { TASKCLF_CONFIG: path })).actor).toBe('me')
  })

  it.each([
    [{ 'feature-schema': 'none.json' }, 'feature_schema_missing'],
    [{ 'feature-schema': 'bad.json' }, 'feature_schema_invalid'],
  ])('refuses %j', async (flags, code) => {
    const dir = scratchDir()
    writeFileSync(join(dir, 'bad.json'), '{"columns":[]}')
    const settings = await settingsOf(dir, flags)
    await expect(settings.requirement()).rejects.toMatchObject({ code })
  })

  it('reaches the commands', async () => {
    const dir = scratchDir()
    copyDemoModels(dir)
    configure(dir, { models_dir: 'models', feature_schema: join(demoDir, 'feature-schema.json') })
    mkdirSync(join(dir, 'sub'))
    const { json, stderr } = await taskclf<InferResolve>(['infer', 'resolve', '--json'], {
      cwd: join(dir, 'sub'),
    })
    expect(json.model_id).toBe('2026-03-02_031009_run-8935')
    expect(stderr).not.toContain('no schema hash')
  })

  it('does not read a policy that no command asks for', async () => {
    const dir = scratchDir()
    writeBundle(join(dir, 'models'), 'run-1')
    configure(dir, { policy: 'gone.json' })
    expect((await taskclf(['model', 'history'], { cwd: dir })).code).toBe(0)
    expect((await taskclf(['train', 'list'], { cwd: dir })).code).toBe(2)
  })
})
