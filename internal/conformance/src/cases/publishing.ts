import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { bundleFiles, entryOf, json, withManifest } from '../bundle-files.js'
import { type ConformanceCase, conform, race } from '../conformance-case.js'
import { codeOf, type Ground, sayBundle } from '../ground.js'
import type { Files } from '../subject.js'

const publish = (on: Ground, files: Files) =>
  on.verbs.publishBundle({ candidateDir: on.candidate(files), modelsDir: on.store, now: on.now })

const named = (modelId: string, over: Record<string, unknown> = {}): Files =>
  bundleFiles({ metadata: { model_id: modelId }, metrics: over })

const ids = async (on: Ground) => (await on.scanned()).map(sayBundle)

/** The bytes of a file of a bundle, as they are fetched. */
async function fileOf(on: Ground, modelId: string, name: string): Promise<unknown> {
  await using fetched = await on.bundles().fetch(await on.valid(modelId))
  const { files } = await on.verbs.readBundleContent(fetched.bundle)
  return files[name]
}

/** How bundles come to be there. */
export const PUBLISHING: readonly ConformanceCase[] = [
  conform(
    'publishes a candidate under its own id, and returns where',
    ['run-a', '<store>/run-a', [['run-a', 'valid']], '<drawn 1>'],
    async (on) => {
      const { modelId, path, bundleDigest } = await publish(on, named('run-a'))
      return [modelId, path, await ids(on), bundleDigest]
    },
  ),
  conform('keeps the name of the directory where no id is stated', true, async (on) => {
    const candidateDir = on.candidate(bundleFiles())
    const { modelId } = await on.verbs.publishBundle({ candidateDir, modelsDir: on.store, now: on.now })
    return modelId === basename(candidateDir)
  }),
  conform('draws an id for a candidate that has none to keep', [true, 1], async (on) => {
    const from = on.candidate(bundleFiles())
    const candidateDir = `${from} of mine`
    renameSync(from, candidateDir)
    const { modelId } = await on.verbs.publishBundle({ candidateDir, modelsDir: on.store, now: on.now })
    return [/^2026-06-01_00000\d_run-\d{4}$/.test(modelId), (await on.scanned()).length]
  }),
  conform(
    'publishes documents and files as they are, with a manifest of all',
    [true, true, ['metadata.json', 'metrics.json', 'model.txt', 'plots/roc.svg']],
    async (on) => {
      const files: Files = {
        ...named('run-a'),
        'metrics.json': '{ "macro_f1":0.90,\n\t"weighted_f1": 0.9 , "acceptance_pass": true}',
        'plots/roc.svg': '<svg/>',
      }
      await publish(on, files)
      const { manifest } = await on.valid('run-a')
      const isAll = Object.entries(files).every(
        ([name, content]) => JSON.stringify(manifest?.files[name]) === JSON.stringify(entryOf(content)),
      )
      const metrics =
        JSON.stringify(await fileOf(on, 'run-a', 'metrics.json')) ===
        JSON.stringify(entryOf(files['metrics.json'] as string))
      return [isAll, metrics, Object.keys(manifest?.files ?? {}).sort()]
    },
  ),
  conform("keeps a candidate's own manifest", ['seven', 1], async (on) => {
    const files = named('run-a')
    const own = { ...JSON.parse(withManifest(files)['manifest.json'] as string), team: 'seven' }
    await publish(on, { ...files, 'manifest.json': JSON.stringify(own) })
    const { manifest } = await on.valid('run-a')
    return [(manifest as { team?: string }).team, manifest?.version]
  }),
  conform('publishes signatures beside what they sign', ['valid', [], ['model.txt.sig']], async (on) => {
    await publish(on, { ...named('run-a'), 'model.txt.sig': 'signed' })
    const bundle = await on.valid('run-a')
    await using fetched = await on.bundles().fetch(bundle)
    const { path } = fetched.bundle
    const there = ['model.txt.sig'].filter(
      (name) => existsSync(`${path}/${name}`) && !(name in (bundle.manifest?.files ?? {})),
    )
    return [bundle.status, bundle.warnings, there]
  }),
  conform('leaves hidden files out', [['metadata.json', 'metrics.json', 'model.txt'], []], async (on) => {
    await publish(on, { ...named('run-a'), '.DS_Store': 'x' })
    const { manifest, warnings } = await on.valid('run-a')
    return [Object.keys(manifest?.files ?? {}), warnings]
  }),
  conform('rejects an id that a bundle has, and keeps that bundle', ['id_taken', 0.9], async (on) => {
    await publish(on, named('run-a'))
    const code = await codeOf(publish(on, named('run-a', { macro_f1: 0.5 })))
    return [code, (await on.valid('run-a')).metrics.macro_f1]
  }),
  conform('rejects an id that has something which is no bundle', 'id_taken', async (on) => {
    on.putBundle('run-a', { 'README.md': 'x' })
    return codeOf(publish(on, named('run-a')))
  }),
  conform(
    'rejects a candidate that breaks the contract, with all that is wrong',
    ['candidate_invalid', ['missing_artifact', 'bad_timestamp'], []],
    async (on) => {
      const files = bundleFiles({ metadata: { created_at: 'never' }, files: { 'model.txt': null } })
      const error = await publish(on, files).catch((error) => error)
      return [
        error.code,
        error.problems
          .map(({ code }: { code: string }) => code)
          .sort()
          .reverse(),
        await ids(on),
      ]
    },
  ),
  conform(
    'rejects an id that no bundle of ours may have',
    ['candidate_invalid', 'candidate_invalid'],
    async (on) => Promise.all(['a b', 'active.json'].map((id) => codeOf(publish(on, named(id))))),
  ),
  conform('publishes nothing of a copy that is refused', ['refused', [], false], async (on) => {
    const files = named('run-a')
    const tryCopy = async () => {
      throw Object.assign(new Error('no'), { code: 'refused' })
    }
    const staged = stagedOf(on, files)
    const thrown = await on.store
      .look()
      .publisher.publish(staged, { modelId: 'run-a', now: on.now, tryCopy })
      .catch((error) => error)
    const { code, cause } = thrown as { code: string; cause?: { code?: string } }
    return [code === 'refused' ? code : cause?.code, await ids(on), await on.bundles().has('run-a')]
  }),
  conform('shows nothing of a bundle while its copy is tried', [[], false, 'run-a'], async (on) => {
    const seen: unknown[] = []
    const tryCopy = async ({ modelId }: { modelId: string }) => {
      seen.push(await ids(on), await on.bundles().has('run-a'), modelId)
    }
    await on.store
      .look()
      .publisher.publish(stagedOf(on, named('run-a')), { modelId: 'run-a', now: on.now, tryCopy })
    return seen
  }),
  conform(
    'rejects a candidate of which a file changed since it was judged',
    ['candidate_changed', []],
    async (on) => {
      const staged = stagedOf(on, named('run-a'))
      const files = { ...staged.files, 'model.txt': entryOf('other\n') }
      const { publisher } = on.store.look()
      const code = await codeOf(
        publisher.publish({ ...staged, files }, { modelId: 'run-a', now: on.now, tryCopy: async () => {} }),
      )
      return [code, await ids(on)]
    },
  ),
  conform(
    'draws another id where a drawn one is taken, and the stated one never',
    [false, 'id_taken'],
    async (on) => {
      on.put('run-a')
      const { publisher } = on.store.look()
      const how = { modelId: 'run-a', now: on.now, tryCopy: async () => {} }
      const drawn = { ...stagedOf(on, bundleFiles()), statedId: undefined }
      const { modelId } = await publisher.publish(drawn, how)
      return [modelId === 'run-a', await codeOf(publisher.publish(stagedOf(on, named('run-a')), how))]
    },
  ),
  conform(
    'keeps rejected candidates under their ids, each of them',
    [['run-a', 'run-a-2', 'run-b'], []],
    async (on) => {
      const { publisher } = on.store.look()
      for (const id of ['run-a', 'run-a', 'run-b'])
        await publisher.keepRejected(stagedOf(on, named(id)), { modelId: id, json: '{}' })
      return [on.rejected(), await ids(on)]
    },
  ),
  race('shows all of a bundle or nothing to readers meanwhile', ['read', []], async (on) => {
    let [isOver, reads] = [false, 0]
    const odd: unknown[] = []
    const reader = async () => {
      while (!isOver) {
        for (const bundle of await on.scanned()) {
          reads++
          const isWhole = bundle.status === 'valid' && bundle.manifest !== undefined
          if (!isWhole) odd.push(sayBundle(bundle))
        }
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    const reading = reader()
    const many = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`plots/${n}.svg`, '<svg/>']))
    for (const n of [1, 2]) await publish(on, { ...named(`run-${n}`), ...many })
    isOver = true
    await reading
    return [reads > 0 && 'read', odd]
  }),
  race('lets one of several publishers have an id', [1, 3, true], async (on) => {
    const results = await Promise.all(
      [1, 2, 3, 4].map((n) => codeOf(publish(on, named('run-a', { macro_f1: n / 10 })))),
    )
    const count = (code: string) => results.filter((each) => each === code).length
    return [count('done'), count('id_taken'), (await on.scanned()).every(({ status }) => status === 'valid')]
  }),
  race('publishes several candidates without an id under ids of their own', [5, 5], async (on) => {
    const made = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => publish(on, bundleFiles({ metrics: { macro_f1: n / 10 } }))),
    )
    return [new Set(made.map(({ modelId }) => modelId)).size, (await on.scanned()).length]
  }),
  conform('keeps what was published, whatever becomes of the candidate', ['valid', 'done'], async (on) => {
    const candidateDir = on.candidate(named('run-a'))
    await on.verbs.publishBundle({ candidateDir, modelsDir: on.store, now: on.now })
    writeFileSync(join(candidateDir, 'model.txt'), 'other')
    const bundle = await on.valid('run-a')
    await using fetched = await on.bundles().fetch(bundle)
    return [bundle.status, await codeOf(on.verbs.readBundleContent(fetched.bundle))]
  }),
]

/** A candidate as a publisher is given it. */
function stagedOf(on: Ground, files: Files) {
  const entries = Object.fromEntries(Object.entries(files).map(([name, content]) => [name, entryOf(content)]))
  const manifest = Buffer.from(json({ version: 1, files: entries }))
  const { model_id: statedId } = JSON.parse(files['metadata.json'] as string) as { model_id?: string }
  return { path: on.candidate(files), files: entries, manifest, statedId, digest: `sha256:${'0'.repeat(64)}` }
}
