import { digest } from '../bundle-files.js'
import { type ConformanceCase, conform } from '../conformance-case.js'
import type { Ground } from '../ground.js'
import { foreign } from './pointers.js'

/** What a switch writes. */
export const WRITING: readonly ConformanceCase[] = [
  conform(
    'writes a first pointer and its line',
    {
      pointer: {
        model_dir: 'models/run-a',
        selected_at: '2026-06-01T00:00:00.000000+00:00',
        policy_version: 3,
        model_id: 'run-a',
        reason: { metric: 'macro_f1', macro_f1: 0.8, weighted_f1: 0.91 },
        version: 1,
        revision: 1,
        write_id: '<drawn 1>',
        source: 'promotion',
        withdrawn: [],
        policy_digest: '<drawn 2>',
        bundle_digest: '<drawn 3>',
        schema_hash: '8776f20dbb8f',
        line: '<drawn 4>',
      },
      isRecorded: true,
      actor: 'ci',
      decision: { kind: 'test' },
      old: null,
      prev: null,
    },
    async (on) => {
      on.putAll('run-a')
      const policyDigest = digest('policy')
      const { pointer, line } = await on.activate('run-a', {
        policyVersion: 3,
        policyDigest,
        actor: 'ci',
        decision: { kind: 'test' },
      })
      const { line: named, ...recorded } = pointer
      const isRecorded =
        JSON.stringify(line.new) === JSON.stringify(recorded) && named === digest(on.lines()[0] ?? '')
      const { actor, decision, old, prev } = line
      return { pointer, isRecorded, actor, decision, old, prev }
    },
  ),
  conform('returns what it wrote, what it replaced, and where', [true, 'run-a', '<store>', 2], async (on) => {
    on.putAll('run-a', 'run-b')
    await on.activate('run-a')
    const { version, previous, location, revision } = await on.activate('run-b')
    return [
      (await on.state()).version === version,
      previous.status === 'valid' && previous.modelId,
      location,
      revision,
    ]
  }),
  conform(
    'numbers switches without gaps, each line naming the one before by its digest',
    [[1, 2, 3, 4], true, true],
    async (on) => {
      on.putAll('run-a', 'run-b')
      for (const id of ['run-a', 'run-b', 'run-a', 'run-b']) await on.activate(id)
      const lines = on.lines()
      const parsed = lines.map((line) => JSON.parse(line))
      const isChained = parsed.every(
        ({ prev }, i) => prev === (i === 0 ? null : digest(lines[i - 1] as string)),
      )
      const found = await on.state()
      const isTip = found.status === 'valid' && found.pointer.line === digest(lines.at(-1) as string)
      return [parsed.map(({ revision }) => revision), isChained, isTip]
    },
  ),
  conform('gives every switch a write id of its own', 20, async (on) => {
    on.putAll('run-a')
    const ids = new Set<unknown>()
    for (let n = 0; n < 20; n++) ids.add((await on.activate('run-a')).pointer.write_id)
    return ids.size
  }),
  conform(
    'records the digest of every file of a target',
    ['metadata.json', 'metrics.json', 'model.txt'],
    async (on) => {
      on.putAll('run-a')
      const { line } = await on.activate('run-a')
      return Object.keys(line.target_files as object)
    },
  ),
  conform('records what the check found', { kind: 'test', checks: { status: 'passed' } }, async (on) => {
    on.putAll('run-a')
    const check = async () => ({ status: 'passed' }) as const
    return (await on.activate('run-a', { checks: { check }, decision: { kind: 'test' } })).line.decision
  }),
  conform('gives a check the bytes that are there', ['run-a', 'tree\n'], async (on) => {
    on.putAll('run-a')
    const seen: unknown[] = []
    const check: NonNullable<Parameters<Ground['activate']>[1]>['checks'] = {
      check: async ({ modelId }, { content }) => {
        seen.push(modelId, Buffer.from(content.bytes.get('model.txt') ?? []).toString())
        return { status: 'passed' }
      },
    }
    await on.activate('run-a', { checks: check })
    return seen
  }),
  conform(
    'withdraws the model that a person leaves, and readmits the one named',
    [['run-a'], ['run-b']],
    async (on) => {
      on.putAll('run-a', 'run-b')
      await on.activate('run-a')
      const left = await on.activate('run-b', { source: 'manual' })
      const back = await on.activate('run-a', { source: 'manual' })
      return [left.pointer.withdrawn, back.pointer.withdrawn]
    },
  ),
  conform('withdraws nothing when a promotion switches', [], async (on) => {
    on.putAll('run-a', 'run-b')
    await on.activate('run-a')
    return (await on.activate('run-b')).pointer.withdrawn
  }),
  conform(
    'warns when a model is activated again with other content',
    [[], ['digest_changed']],
    async (on) => {
      on.putAll('run-a')
      await on.activate('run-a')
      const same = await on.activate('run-a')
      on.put('run-a', { files: { 'model.txt': 'eert\n' } })
      const other = await on.activate('run-a')
      return [same, other].map(({ warnings }) => warnings.map(({ code }) => code))
    },
  ),
  conform(
    "adopts another program's pointer with a line of its own",
    ['external', true, 1, 2, true, true],
    async (on) => {
      on.putAll('run-a', 'run-b')
      await on.putPointer(foreign('run-a'))
      const { adopted, revision, line } = await on.activate('run-b')
      const [first = ''] = on.lines()
      const isWritten = JSON.stringify(adopted) === first
      const { source, observed_digest: observed } = adopted ?? {}
      return [
        source,
        typeof observed === 'string',
        adopted?.revision,
        revision,
        isWritten,
        line.prev === digest(first),
      ]
    },
  ),
  conform(
    "adopts another program's pointer to a bundle that is gone, without its digest",
    ['external', false],
    async (on) => {
      on.putAll('run-b')
      await on.putPointer(foreign('run-a'))
      const { adopted } = await on.activate('run-b')
      return [adopted?.source, 'observed_digest' in (adopted ?? {})]
    },
  ),
  conform(
    'writes the line of a pointer of ours again when the history lost it',
    [true, 1, 2, ['visible', 'visible']],
    async (on) => {
      on.putAll('run-a', 'run-b')
      await on.activate('run-a')
      await on.putLines([])
      const { adopted, revision } = await on.activate('run-b')
      const { entries } = await on.verbs.readHistory(on.store)
      return [adopted?.restored, adopted?.revision, revision, entries.map(({ state }) => state)]
    },
  ),
  conform('goes on from the newest line when the pointer is lost', [true, 3, 'run-a'], async (on) => {
    on.putAll('run-a', 'run-b')
    await on.activate('run-a')
    await on.activate('run-b')
    await on.putPointer(undefined)
    const { line, revision } = await on.activate('run-b')
    return [line.lost, revision, line.old?.model_id]
  }),
  conform(
    'keeps in the history what a corrupt pointer held',
    ['corrupt_pointer_replaced', { problems: ['malformed_json'], text: '{"model_id": "run' }, 2],
    async (on) => {
      on.putAll('run-a')
      await on.activate('run-a')
      await on.putPointer('{"model_id": "run')
      const { warnings, line, revision } = await on.activate('run-a')
      const { problems, text } = line.replaced_corrupt as Record<string, unknown>
      return [warnings[0]?.code, { problems, text }, revision]
    },
  ),
  conform('numbers after the highest revision that was ever written', 42, async (on) => {
    on.putAll('run-a')
    await on.putPointer(
      foreign('run-a', { revision: 41, write_id: 'a'.repeat(32), source: 'manual', withdrawn: [] }),
    )
    return (await on.activate('run-a')).revision
  }),
]
