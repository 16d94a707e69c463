import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type FileSystem, nodeFileSystem } from '@taskclf/durable-fs'
import {
  type BundleChecks,
  buildManifest,
  type LocalValidBundle,
  RegistryError,
} from '@taskclf/registry-core'
import { scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { localStore, readHistory, rollbackActive, writeActiveAtomic } from '../src/index.js'
import { bundleOf, linesOf, modelsWith, pointerOf } from './support.js'

const REVISION_1 = { toRevision: 1 }

async function switched(models: string, ...ids: string[]): Promise<void> {
  for (const id of ids) await writeActiveAtomic(models, await bundleOf(models, id), { source: 'promotion' })
}

/** `run-a` with a manifest, then `run-b`. */
async function published(): Promise<string> {
  const models = modelsWith('run-a', 'run-b')
  const manifest = await buildManifest(join(models, 'run-a'))
  writeFileSync(join(models, 'run-a', 'manifest.json'), JSON.stringify(manifest))
  await switched(models, 'run-a', 'run-b')
  return models
}

/** Of the same size, so that only its digest tells. */
function replaceModel(models: string, id: string): void {
  const path = join(models, id, 'model.txt')
  writeFileSync(path, readFileSync(path, 'utf8').replace('leaf_value=0.25', 'leaf_value=0.75'))
}

describe('a rollback passes over', () => {
  it('passes over a bundle that is not what its manifest says', async () => {
    const models = await published()
    replaceModel(models, 'run-a')
    await expect(rollbackActive(models)).rejects.toMatchObject({
      code: 'nothing_to_roll_back_to',
      details: { passedOver: [{ revision: 1, modelId: 'run-a', why: 'changed' }] },
    })
    await expect(rollbackActive(models, REVISION_1)).rejects.toMatchObject({ code: 'target_not_usable' })
  })

  it('passes over a bundle of which a file cannot be one', async () => {
    const models = modelsWith('run-a', 'run-b')
    await switched(models, 'run-a', 'run-b')
    execFileSync('mkfifo', [join(models, 'run-a', 'notes.md')])
    await expect(rollbackActive(models)).rejects.toMatchObject({
      code: 'nothing_to_roll_back_to',
      details: { passedOver: [{ revision: 1, modelId: 'run-a', why: 'not_valid' }] },
    })
    await expect(rollbackActive(models, REVISION_1)).rejects.toMatchObject({ code: 'target_not_usable' })
    expect(linesOf(models).length).toBe(2)
  })
})

it('does not pass over a model of which its check cannot say whether it loads', async () => {
  const models = modelsWith('run-a', 'run-b', 'run-c')
  await switched(models, 'run-a', 'run-b', 'run-c')
  const check = async ({ path, modelId }: LocalValidBundle) => {
    if (modelId === 'run-b') throw new RegistryError('io', path, 'too many open files')
    return { status: 'passed' } as const
  }
  await expect(rollbackActive(models, { checks: { check } })).rejects.toMatchObject({ code: 'io' })
  expect(linesOf(models).length).toBe(3)
})

describe('a rollback without a readable pointer', () => {
  it('withdraws the model of the newest line when it goes to a revision', async () => {
    const models = modelsWith('run-a', 'run-b', 'run-c')
    await switched(models, 'run-a', 'run-b', 'run-c')
    rmSync(join(models, 'active.json'))
    const { pointer } = await rollbackActive(models, REVISION_1)
    expect(pointer).toMatchObject({ model_id: 'run-a', withdrawn: ['run-c'] })
  })

  it("says so when it goes to another program's pointer that nothing confirms", async () => {
    const models = modelsWith('run-a', 'run-b')
    const lines = ['run-a', 'run-b'].map((id) => {
      const selected_at = `2026-06-01T00:00:00+00:00 ${id}`
      const theirs = { model_dir: `models/${id}`, model_id: id, selected_at, policy_version: 1 }
      return `${JSON.stringify({ at: selected_at, old: null, new: theirs })}\n`
    })
    writeFileSync(join(models, 'active_history.jsonl'), lines.join(''))
    const before = await readHistory(models)
    expect(before.entries.map(({ state }) => state)).toEqual(['unconfirmed', 'unconfirmed'])
    expect(before.warnings).toMatchObject([{ code: 'pointer_lost' }])
    const { pointer, warnings } = await rollbackActive(models)
    expect(pointer.model_id).toBe('run-a')
    expect(warnings).toMatchObject([{ code: 'unconfirmed_revision' }])
  })

  it('refuses where nothing was ever active', async () => {
    await expect(rollbackActive(modelsWith('run-a'))).rejects.toMatchObject({ code: 'no_active_pointer' })
  })
})

describe('a rollback that somebody else overtakes', () => {
  /** Checks during each of which `run-a` and `run-b` take turns in being activated. */
  function disturbed(models: string): { checks: BundleChecks; tried: () => number } {
    let tried = 0
    const check = async () => {
      tried++
      await switched(models, tried % 2 === 1 ? 'run-a' : 'run-b')
      return { status: 'passed' } as const
    }
    return { checks: { check }, tried: () => tried }
  }

  it('gives up when overtaken again and again, and writes nothing of its own', async () => {
    const models = modelsWith('run-a', 'run-b', 'run-c')
    await switched(models, 'run-c', 'run-b')
    const { checks, tried } = disturbed(models)
    await expect(rollbackActive(models, { checks })).rejects.toMatchObject({ code: 'conflict' })
    expect(tried()).toBe(30)
    expect(linesOf(models).filter(({ source }) => source === 'rollback')).toEqual([])
  })

  it('is refused at once where it was asked for from one version', async () => {
    const models = modelsWith('run-a', 'run-b', 'run-c')
    await switched(models, 'run-a')
    const { version } = await writeActiveAtomic(models, await bundleOf(models, 'run-b'), { source: 'manual' })
    const { checks, tried } = disturbed(models)
    const attempt = rollbackActive(models, { checks, expected: version })
    await expect(attempt).rejects.toMatchObject({ code: 'conflict', details: { expected: version } })
    expect(tried()).toBe(1)
  })
})

it('goes back the same way through a file system that is passed in', async () => {
  const models = modelsWith('run-a', 'run-b')
  await switched(models, 'run-a', 'run-b')
  const calls: string[] = []
  const fileSystem = new Proxy(nodeFileSystem, {
    get(target, key: keyof FileSystem) {
      const call = target[key] as (path: string) => Promise<unknown>
      return (path: string, ...rest: []) => {
        calls.push(`${key} ${basename(path)}`)
        return call(path, ...rest)
      }
    },
  })
  const reads = ['readSmall active.json', 'openRead active_history.jsonl']
  await rollbackActive(localStore(models, { fileSystem }))
  expect(pointerOf(models)).toMatchObject({ model_id: 'run-a', revision: 3 })
  expect(calls.slice(0, 2)).toEqual(reads)
  calls.length = 0
  const { entries } = await readHistory(localStore(models, { fileSystem }))
  expect(entries.map(({ state }) => state)).toEqual(['visible', 'visible', 'visible'])
  expect(calls).toEqual(reads)
})

it('goes to a bundle to which only a note was added, as a service serves one', async () => {
  const models = modelsWith('run-a', 'run-b')
  await switched(models, 'run-a', 'run-b')
  writeFileSync(join(models, 'run-a', 'notes.md'), 'trained on a Friday')
  expect((await rollbackActive(models)).pointer.model_id).toBe('run-a')
})

it("goes to the model before another program's pointer, which has no line", async () => {
  const models = modelsWith('run-a', 'run-b', 'run-c')
  await switched(models, 'run-a', 'run-b')
  const foreign = {
    model_dir: 'models/run-c',
    model_id: 'run-c',
    selected_at: '2026-11-01T00:00:00+00:00',
    policy_version: 1,
  }
  writeFileSync(join(models, 'active.json'), JSON.stringify(foreign))
  const { pointer, passedOver, warnings } = await rollbackActive(models)
  expect([pointer.model_id, passedOver]).toEqual(['run-b', []])
  // Its switch may have been killed before its pointer was there: then it never served.
  expect(warnings.map(({ code }) => code)).toContain('unconfirmed_revision')
})

describe('between the check and the switch', () => {
  const during = (act: (bundle: LocalValidBundle) => void): BundleChecks => ({
    check: async (bundle) => {
      act(bundle)
      return { status: 'passed' }
    },
  })

  it('does not switch to a target that is removed', async () => {
    const models = modelsWith('run-a', 'run-b')
    await switched(models, 'run-a', 'run-b')
    const checks = during(({ path }) => rmSync(path, { recursive: true }))
    await expect(rollbackActive(models, { checks })).rejects.toMatchObject({ code: 'bundle_not_promoted' })
    expect(pointerOf(models).model_id).toBe('run-b')
  })

  it('decides again on a models dir that leads elsewhere', async () => {
    const first = modelsWith('run-a', 'run-b')
    await switched(first, 'run-a', 'run-b')
    // A copy: the pointer in it is the same, byte for byte.
    const second = join(scratchDir(), 'models')
    cpSync(first, second, { recursive: true })
    const link = join(first, '..', 'current')
    symlinkSync(first, link)
    const tried: string[] = []
    const checks = during(({ path }) => {
      tried.push(path)
      if (tried.length > 1) return
      rmSync(link)
      symlinkSync(second, link)
    })
    await rollbackActive(link, { checks })
    expect(tried).toEqual([join(first, 'run-a'), join(second, 'run-a')])
    expect([pointerOf(first).model_id, pointerOf(second).model_id]).toEqual(['run-b', 'run-a'])
  })
})
