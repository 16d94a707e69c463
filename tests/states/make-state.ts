import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { computeBundleDigest, readBundle, type ValidBundle } from '@taskclf/registry-core'
import { writeBundle } from '@taskclf/test-kit'

/** The models dir of every case: `chosen` is active, `best` would be chosen by policy. */
export const CHOSEN = 'chosen'
export const SCHEMA = '8776f20dbb8f'
export const LABELS = ['BreakIdle', 'Build']

export async function makeModels(dir: string): Promise<string> {
  const models = join(dir, 'models')
  writeBundle(models, CHOSEN, { metrics: { macro_f1: 0.7 } })
  writeBundle(models, 'best', { metrics: { macro_f1: 0.99 } })
  await activate(models, CHOSEN)
  // For those who are not the owner.
  chmodSync(dir, 0o755)
  return models
}

async function activate(models: string, id: string): Promise<void> {
  const bundle = (await readBundle(join(models, id))) as ValidBundle
  const bundleDigest = await computeBundleDigest(bundle.path)
  await writeActiveAtomic(models, bundle, { source: 'manual', bundleDigest })
}

/** How a state is made: by what is on disk, by who looks, or by a system call that fails. */
export interface Made {
  /** Puts the state on disk; absent where the system call makes it. */
  damage?: (models: string) => unknown
  /** The looker must not be the owner, nor root. */
  asNobody?: true
  /** Fails every opening of this path below the models dir. */
  inject?: { path: string; errno: string }
}

const pointer = (models: string) => join(models, 'active.json')

/** As programs replace it: a name of its own, then renamed over. */
function replace(models: string, bytes: string | Uint8Array): void {
  writeFileSync(`${pointer(models)}.new`, bytes)
  renameSync(`${pointer(models)}.new`, pointer(models))
}

function instead(make: (path: string, models: string) => unknown): (models: string) => void {
  return (models) => {
    rmSync(pointer(models))
    make(pointer(models), models)
  }
}

function rewrite(models: string, over: object): void {
  const path = join(models, CHOSEN, 'metadata.json')
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...over }))
}

export const MAKE: Readonly<Record<string, Made>> = {
  absent: { damage: (models) => rmSync(pointer(models)) },
  empty: { damage: (models) => replace(models, '') },
  torn: { damage: (models) => truncateSync(pointer(models), 40) },
  nul: { damage: (models) => replace(models, new Uint8Array(300)) },
  'not-utf8': { damage: (models) => replace(models, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])) },
  fifo: {
    damage: (models) => {
      execFileSync('mkfifo', [`${pointer(models)}.new`])
      renameSync(`${pointer(models)}.new`, pointer(models))
    },
  },
  directory: { damage: instead((path) => mkdirSync(path)) },
  dangling: { damage: instead((path) => symlinkSync('nowhere.json', path)) },
  'link-out': {
    damage: (models) => {
      const outside = join(models, '..', 'elsewhere.json')
      renameSync(pointer(models), outside)
      symlinkSync(outside, pointer(models))
    },
  },
  'mode-000': { damage: (models) => chmodSync(pointer(models), 0), asNobody: true },
  EIO: { inject: { path: 'active.json', errno: 'EIO' } },
  EMFILE: { inject: { path: 'active.json', errno: 'EMFILE' } },
  ESTALE: { inject: { path: 'active.json', errno: 'ESTALE' } },
  'bundle-EIO': { inject: { path: `${CHOSEN}/metadata.json`, errno: 'EIO' } },
  gone: { damage: (models) => rmSync(join(models, CHOSEN), { recursive: true }) },
  damaged: { damage: (models) => rmSync(join(models, CHOSEN, 'metrics.json')) },
  incompatible: { damage: (models) => rewrite(models, { label_set: ['Another'] }) },
  'other-schema': { damage: (models) => rewrite(models, { schema_hash: 'ffffffffffff' }) },
  unloadable: {
    damage: async (models) => {
      writeBundle(models, 'unloadable', { metrics: { macro_f1: 0.7 }, model: 'tree\n' })
      await activate(models, 'unloadable')
    },
  },
  'other-digest': {
    damage: (models) => {
      const path = join(models, CHOSEN, 'model.txt')
      writeFileSync(path, readFileSync(path, 'utf8').replace('leaf_value=0.25', 'leaf_value=0.75'))
    },
  },
}
