import { changedDocument } from '@taskclf/test-kit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { z } from 'zod'
import { runManifestSchema } from '../src/manifest-schema.js'
import { runEventSchema } from '../src/run-event-schema.js'
import { isRunEvent, isRunManifest } from '../src/run-shapes.js'

const identity = { host: 'h', machine: 'm', boot: 'b', pid_namespace: '1', pid: 7, start_time: '1' }

const MANIFEST = {
  version: 1,
  run_id: 'r',
  state: 'failed',
  code: 'exited',
  message: 'it ended with 1',
  started_at: '2026-04-01T09:00:00Z',
  ended_at: '2026-04-01T09:00:01Z',
  duration_ms: 1000.5,
  runner: identity,
  process: identity,
  exit: { code: 1, signal: null },
  bundle: { model_id: 'm', problems: [{ code: 'a', file: 'b', message: 'c' }] },
  events: 3,
  output: { stdout_bytes: 1, stderr_bytes: 2, cut_bytes: 0 },
  spec: {
    version: 1,
    run_id: 'r',
    output_dir: '/o',
    seed: 0,
    params: { depth: [1, { a: null }], name: 'x', on: true },
    data: { train: '/t' },
    command: 'python',
    args: ['-u'],
    cwd: '/',
    env: { A: '1' },
    profile: 'p',
    time_limit_ms: 5,
    grace_ms: 10_000,
  },
}

const EVENTS = [
  { type: 'progress', current: 1, total: 2, unit: 'rows' },
  { type: 'metrics', values: { f1: 0.5 }, step: 3 },
  { type: 'log', message: 'm', level: 'info' },
  { type: 'phase', name: 'train' },
  { type: 'bundle', model_id: 'm' },
  { type: 'text', text: 't', cut: true },
  { type: 'stderr', text: 't', cut: true },
  { type: 'malformed', text: 't', reason: 'not_json', message: 'm', cut: true, torn: true },
  { type: 'note', code: 'stopping', message: 'm' },
].map((event) => ({ seq: 1, at: '2026-04-01T09:00:00Z', ...event }))

/** What stands in a document in place of something, or beside it. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(undefined, null, true, false, '', 'a', 'exited', 'succeeded', 'toString', 'text', 'note'),
  fc.constantFrom(0, -0, 1, -1, 0.5, 2_147_483_647, 2_147_483_648, 2 ** 53, Infinity),
  fc.constantFrom([], [1], ['a'], {}, { a: 1 }, { a: Infinity }, { a: 'b' }, { code: 1, signal: 'SIGTERM' }),
)

it.each([
  ['a manifest', runManifestSchema, isRunManifest, [MANIFEST]],
  ['an event', runEventSchema, isRunEvent, EVENTS],
] as [string, z.ZodType, (value: unknown) => boolean, object[]][])(
  'accepts of %s what its schema accepts',
  (_, schema, fits, documents) => {
    for (const document of documents) expect(fits(document)).toBe(true)
    const any = fc.oneof(...documents.map((document) => changedDocument(document, odd)))
    fc.assert(
      fc.property(any, (value) => {
        const parsed = schema.safeParse(value)
        expect(fits(value)).toBe(parsed.success)
        if (parsed.success) expect(parsed.data).toEqual(value)
      }),
      { numRuns: 3000 },
    )
  },
)
