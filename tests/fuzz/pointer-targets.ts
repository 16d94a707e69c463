import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  ActivePointerError,
  activePointerSchema,
  historyLineSchema,
  readActive,
  readHistory,
  readWithdrawn,
  rollbackActive,
  writeActiveAtomic,
} from '@taskclf/active-pointer'
import { ResolveError, resolveModelDir } from '@taskclf/infer-resolver'
import { isModelId, type LocalValidBundle, listBundles, readBundle } from '@taskclf/registry-core'
import { writeBundle } from '../../internal/test-kit/src/bundles.js'
import { mutateBytes, mutateJson } from './mutate.js'
import { refusing, type Target } from './target.js'

const pointer = (id: string, revision: number) => ({
  model_dir: `models/${id}`,
  selected_at: `2026-06-0${revision}T00:00:00.000000+00:00`,
  policy_version: 1,
  model_id: id,
  reason: { metric: 'macro_f1', macro_f1: 0.9, weighted_f1: 0.91 },
  revision,
  write_id: `w${revision}`,
  source: 'promotion',
  withdrawn: ['run-b'],
})
const line = (id: string, revision: number, old: string | undefined) => ({
  at: `2026-06-0${revision}T00:00:00.000000+00:00`,
  old: old === undefined ? null : pointer(old, revision - 1),
  new: pointer(id, revision),
  revision,
  write_id: `w${revision}`,
  source: 'promotion',
  decision: { policy: 'default' },
})
const LINES = [line('run-a', 1, undefined), line('run-b', 2, 'run-a'), line('run-a', 3, 'run-b')]
const HISTORY = Buffer.from(LINES.map((each) => `${JSON.stringify(each)}\n`).join(''))
const POINTER = pointer('run-a', 3)

const lay = (dir: string): void => {
  rmSync(join(dir, 'models'), { recursive: true, force: true })
  for (const id of ['run-a', 'run-b']) writeBundle(join(dir, 'models'), id)
}

/** What can never be true of a models dir's state, and what must still work on it whatever is in its files. */
async function impossibleIn(models: string, random: () => number): Promise<string | undefined> {
  const active = await readActive(models)
  if (active.status === 'valid') {
    const path = join(models, active.modelId)
    if (dirname(path) !== models) return `a pointer that leaves the models dir: ${path}`
    if (!activePointerSchema.safeParse(active.pointer).success)
      return 'a valid pointer that its schema refuses'
  } else if (active.status === 'corrupt' && active.problems.length === 0) return 'corrupt without a problem'
  const { entries } = await readHistory(models)
  const refused = entries.find(
    ({ line: _, state: __, visible: ___, ...rest }) => !historyLineSchema.safeParse(rest).success,
  )
  if (refused) return `a history line that its schema refuses: ${JSON.stringify(refused).slice(0, 300)}`
  await readWithdrawn(models, active)
  const resolved = await refusing(() => resolveModelDir({ modelsDir: models }), ResolveError)
  if (resolved && dirname(resolved.path) !== models) return `resolved outside: ${resolved.path}`
  if (random() < 0.4) await refusing(() => rollbackActive(models), ActivePointerError)
  const bundle = (await readBundle(join(models, 'run-b'))) as LocalValidBundle
  const { revision, version } = await writeActiveAtomic(models, bundle, { source: 'manual' })
  const now = await readActive(models)
  if (now.status !== 'valid' || now.version !== version) return `the pointer just written is ${now.status}`
  const after = await readHistory(models)
  const tip = after.entries.at(-1)
  if (!tip?.visible || tip.revision !== revision) return 'the line just written is not the visible tip'
  const bad = after.entries.filter(({ visible }) => visible).length === 0
  return bad ? 'no visible line' : undefined
}

export const POINTER_TARGETS: Target[] = [
  {
    name: 'pointer',
    make: (random) => mutateJson(POINTER, random),
    prepare: lay,
    run: async (bytes, { dir, random }) => {
      const models = join(dir, 'models')
      writeFileSync(join(models, 'active.json'), bytes)
      writeFileSync(join(models, 'active_history.jsonl'), HISTORY)
      return impossibleIn(models, random)
    },
  },
  {
    name: 'history',
    make: (random) => {
      const texts = LINES.map((each) => Buffer.from(`${JSON.stringify(each)}\n`) as Uint8Array)
      const at = Math.floor(random() * texts.length)
      texts[at] = Buffer.concat([mutateJson(LINES[at], random), Buffer.from('\n')])
      const all = Buffer.concat(texts)
      return random() < 0.2 ? mutateBytes(all, random) : all
    },
    prepare: lay,
    run: async (bytes, { dir, random }) => {
      const models = join(dir, 'models')
      writeFileSync(join(models, 'active.json'), `${JSON.stringify(POINTER)}\n`)
      writeFileSync(join(models, 'active_history.jsonl'), bytes)
      const found = await impossibleIn(models, random)
      const kept = readFileSync(join(models, 'active_history.jsonl')).subarray(0, bytes.length)
      return found ?? (kept.equals(bytes) ? undefined : 'the history was rewritten')
    },
  },
  {
    name: 'index',
    make: (random) =>
      mutateJson(
        {
          version: 1,
          generated_at: '2026-03-01T00:00:00+00:00',
          schema_hash: '',
          policy_version: 1,
          ranked: [{ model_id: 'run-a', macro_f1: 0.9 }],
          excluded: [],
          best_model_id: 'run-a',
          fingerprints: {},
        },
        random,
      ),
    prepare: lay,
    run: async (bytes, { dir }) => {
      const models = join(dir, 'models')
      writeFileSync(join(models, 'index.json'), bytes)
      const show = (value: unknown) =>
        JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))
      const [with_, without] = [await listBundles(models), await listBundles(models, { useIndex: false })]
      return show(with_) === show(without) ? undefined : 'the index changed the list'
    },
  },
  {
    name: 'model-id',
    make: (random) => mutateBytes(Buffer.from('2026-03-02_031009_run-8935'), random),
    run: async (bytes) => {
      const text = Buffer.from(bytes).toString('utf8')
      return isModelId(text) && /[^\w.-]|^[.-]/.test(text) ? `an id that is none: ${text}` : undefined
    },
  },
]
