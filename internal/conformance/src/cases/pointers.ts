import { digest, json } from '../bundle-files.js'
import { type ConformanceCase, conform } from '../conformance-case.js'
import type { Ground } from '../ground.js'

/** A pointer as the Python project writes it. */
export function foreign(modelId: string, over: Record<string, unknown> = {}): string {
  return json({
    model_dir: `models/${modelId}`,
    selected_at: '2026-04-01T00:00:00+00:00',
    policy_version: 1,
    model_id: modelId,
    ...over,
  })
}

/** The codes of what is wrong with the pointer that is there. */
async function problemsOf({ state }: Ground): Promise<string[]> {
  const found = await state()
  return found.status === 'corrupt' ? found.problems.map(({ code }) => code) : [found.status]
}

function corrupt(name: string, pointer: string | Uint8Array, ...codes: string[]): ConformanceCase {
  return conform(name, [...codes, 'bytes are kept', 'the version names them'], async (ground) => {
    await ground.putPointer(pointer)
    const found = await ground.state()
    const bytes = Buffer.from(pointer as string)
    const isKept = found.status === 'corrupt' && bytes.equals(found.bytes)
    const isNamed = found.version === digest(bytes.toString('utf8')) || typeof pointer !== 'string'
    return [...(await problemsOf(ground)), isKept && 'bytes are kept', isNamed && 'the version names them']
  })
}

/** What a pointer is found to be. */
export const POINTERS: readonly ConformanceCase[] = [
  conform('finds no pointer in a new store', { status: 'absent', version: 'absent' }, async ({ state }) =>
    state(),
  ),
  conform(
    "reads another program's pointer, by whose bytes its version is named",
    { status: 'valid', modelId: 'run-a', isNamed: true, team: 'seven' },
    async ({ putPointer, state }) => {
      const text = foreign('run-a', { team: 'seven' })
      await putPointer(text)
      const found = await state()
      if (found.status !== 'valid') return found
      const { status, modelId, pointer, version } = found
      return { status, modelId, isNamed: version === digest(text), team: pointer.team }
    },
  ),
  conform(
    'reads a pointer that was put in place of another',
    [['run-a', null], ['run-b', null], 'absent'],
    async ({ putPointer, active }) => {
      const seen: unknown[] = []
      for (const pointer of [foreign('run-a'), foreign('run-b'), undefined]) {
        await putPointer(pointer)
        seen.push(await active())
      }
      return seen
    },
  ),
  conform('accepts the backslash of another system', ['run-a', null], async ({ putPointer, active }) => {
    await putPointer(foreign('run-a', { model_dir: 'models\\run-a' }))
    return active()
  }),
  conform(
    'follows a pointer that names no directory but the model',
    ['run-a', null],
    async ({ putPointer, active }) => {
      await putPointer(foreign('run-a', { model_dir: 'run-a' }))
      return active()
    },
  ),
  corrupt('never takes an empty pointer for none', '', 'malformed_json'),
  corrupt('reports half a pointer', foreign('run-a').slice(0, 60), 'malformed_json'),
  corrupt('reports bytes that are no text', new Uint8Array([0xff, 0xfe, 0x7b]), 'malformed_json'),
  corrupt(
    'reports a key that is there twice in a pointer',
    foreign('run-a').replace('{', '{"model_id": "run-b",'),
    'duplicate_key',
  ),
  corrupt('reports a pointer that is no object', '[]', 'schema_violation'),
  corrupt(
    'reports every value of the wrong type in a pointer',
    foreign('run-a', { selected_at: 7, revision: 0, source: 'magic', withdrawn: 'run-b' }),
    'schema_violation',
    'schema_violation',
    'schema_violation',
    'schema_violation',
  ),
  corrupt(
    'reports a pointer of a later version',
    foreign('run-a', { version: 2, revision: 'new' }),
    'unsupported_version',
  ),
  corrupt(
    'reports a pointer that could lead elsewhere',
    foreign('run-a', { model_dir: '../run-a' }),
    'unsafe_model_dir',
  ),
  corrupt(
    'reports an absolute path in a pointer',
    foreign('run-a', { model_dir: '/models/run-a' }),
    'unsafe_model_dir',
  ),
  corrupt('reports a pointer to a name that no bundle can have', foreign('.hidden'), 'unsafe_model_dir'),
  corrupt(
    'reports a pointer whose directory is another model',
    foreign('run-a', { model_dir: 'models/run-b' }),
    'model_dir_mismatch',
  ),
  conform(
    'returns the withdrawn models that the pointer names',
    ['run-b', 'run-c'],
    async ({ putPointer, verbs, store }) => {
      await putPointer(foreign('run-a', { withdrawn: ['run-b', 'run-c'] }))
      return verbs.readWithdrawn(store)
    },
  ),
  conform(
    "looks in the history for what another program's pointer does not name as withdrawn",
    [['run-a'], ['run-a'], []],
    async (on) => {
      on.putAll('run-a', 'run-b', 'run-c')
      await on.activate('run-a')
      await on.activate('run-b', { source: 'manual' })
      const seen: unknown[] = []
      for (const pointer of [foreign('run-c'), undefined, foreign('run-a')]) {
        await on.putPointer(pointer)
        seen.push(await on.verbs.readWithdrawn(on.store))
      }
      return seen
    },
  ),
]
