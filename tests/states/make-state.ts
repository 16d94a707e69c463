import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
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
import { computeBundleDigest, type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { type BundleSpec, writeBundle } from '@taskclf/test-kit'

/** The models dir of every case: `chosen` is active, `earlier` was before it, `best` would be chosen by policy. */
export const CHOSEN = 'chosen'
const EARLIER = 'earlier'
export const BY_POLICY = 'best'
/** Beside the models dir, and better than all in it. */
export const CANDIDATE = 'candidate'
export const SCHEMA = '8776f20dbb8f'
export const LABELS = ['BreakIdle', 'Build']

export async function makeModels(dir: string): Promise<string> {
  const models = join(dir, 'models')
  writeBundle(models, EARLIER, { metrics: { macro_f1: 0.6 } })
  writeBundle(models, CHOSEN, { metrics: { macro_f1: 0.7 } })
  writeBundle(models, BY_POLICY, { metrics: { macro_f1: 0.98 } })
  writeBundle(dir, CANDIDATE, { metadata: { model_id: CANDIDATE }, metrics: { macro_f1: 0.995 } })
  await activate(models, EARLIER)
  await activate(models, CHOSEN)
  return models
}

async function activate(models: string, id: string): Promise<void> {
  const bundle = (await readBundle(join(models, id))) as LocalValidBundle
  const bundleDigest = await computeBundleDigest(bundle.path)
  await writeActiveAtomic(models, bundle, { source: 'manual', bundleDigest })
}

/** Activated by who did not try it. */
function activeInstead(active: string, spec: BundleSpec): Made {
  return {
    active,
    damage: async (models) => {
      writeBundle(models, active, { metrics: { macro_f1: 0.7 }, ...spec })
      await activate(models, active)
    },
  }
}

const WRONG_SELF_TEST = JSON.stringify({
  version: 1,
  rows: [{ x: 1 }],
  expected: [[0.9, 0.1]],
  tolerance: 0.01,
})

/** How a state is made: by what is on disk, by who looks, or by a system call that fails. */
export interface Made {
  /** Puts the state on disk; absent where the system call makes it. */
  damage?: (models: string) => unknown
  /** What is active then, where the state is another model's. */
  active?: string
  /** Modes hold, also for root. */
  asOthers?: true
  /** Fails every opening of this path below the models dir. */
  inject?: { path: string; errno: string }
}

/** The model that the pointer names in this state. */
export const chosenBy = ({ active }: Made): string => active ?? CHOSEN

/** The model that a rollback goes to. */
export const lastBefore = ({ active }: Made): string => (active === undefined ? EARLIER : CHOSEN)

const pointer = (models: string) => join(models, 'active.json')

/** What lies in the pointer's place. */
export interface Pointed {
  status: 'absent' | 'corrupt' | 'valid'
  modelId: string | null
}

export function pointedAt(models: string): Pointed {
  const stat = lstatSync(pointer(models), { throwIfNoEntry: false })
  if (stat === undefined) return { status: 'absent', modelId: null }
  if (!stat.isFile()) return { status: 'corrupt', modelId: null }
  try {
    return { status: 'valid', modelId: JSON.parse(readFileSync(pointer(models), 'utf8')).model_id }
  } catch {
    return { status: 'corrupt', modelId: null }
  }
}

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

export const MAKE: Readonly<Record<string, Made>> = {
  // Written anew as it is: what a reloader sees is a change.
  good: { damage: (models) => replace(models, `${readFileSync(pointer(models), 'utf8')}\n`) },
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
  'mode-000': { damage: (models) => chmodSync(pointer(models), 0), asOthers: true },
  EIO: { inject: { path: 'active.json', errno: 'EIO' } },
  EMFILE: { inject: { path: 'active.json', errno: 'EMFILE' } },
  ESTALE: { inject: { path: 'active.json', errno: 'ESTALE' } },
  'bundle-EIO': { inject: { path: `${CHOSEN}/metadata.json`, errno: 'EIO' } },
  gone: { damage: (models) => rmSync(join(models, CHOSEN), { recursive: true }) },
  damaged: { damage: (models) => rmSync(join(models, CHOSEN, 'metrics.json')) },
  incompatible: activeInstead('unlike', { metadata: { label_set: ['Another', 'Build'] } }),
  'other-schema': activeInstead('stranger', { metadata: { schema_hash: 'ffffffffffff' } }),
  unloadable: activeInstead('unloadable', { model: 'tree\n' }),
  'self-test': activeInstead('untrue', { files: { 'self_test.json': WRONG_SELF_TEST } }),
  'other-digest': {
    damage: (models) => {
      const path = join(models, CHOSEN, 'model.txt')
      writeFileSync(path, readFileSync(path, 'utf8').replace('leaf_value=0.25', 'leaf_value=0.75'))
    },
  },
}
