import {
  type CancelResult,
  cancelRun,
  listRuns,
  type Run,
  type RunEvent,
  type RunManifest,
  type RunRecord,
  type RunSpec,
  type RunsError,
  type RunsErrorCode,
  readRun,
  resolveProfile,
  startRun,
  tailEvents,
} from '@taskclf/runs'
import { describe, expectTypeOf, it } from 'vitest'

describe('the types', () => {
  it('are what dependents rely on', () => {
    expectTypeOf(startRun).returns.resolves.toEqualTypeOf<Run>()
    expectTypeOf<Run['done']>().resolves.toEqualTypeOf<RunManifest>()
    expectTypeOf<Run['events']>().toEqualTypeOf<AsyncIterable<RunEvent>>()
    expectTypeOf(listRuns).returns.resolves.toEqualTypeOf<RunRecord[]>()
    expectTypeOf(readRun).returns.resolves.toEqualTypeOf<RunRecord>()
    expectTypeOf(cancelRun).returns.resolves.toEqualTypeOf<CancelResult>()
    expectTypeOf(tailEvents('runs', 'id')).toExtend<AsyncIterable<RunEvent>>()
    expectTypeOf(resolveProfile).returns.toEqualTypeOf<RunSpec>()
    expectTypeOf<RunsError['code']>().toEqualTypeOf<RunsErrorCode>()
    expectTypeOf<Extract<RunRecord, { status: 'damaged' }>['problem']>().toBeString()
    expectTypeOf<Extract<RunEvent, { type: 'progress' }>['current']>().toBeNumber()
    expectTypeOf<Extract<RunEvent, { type: 'ended' }>['seq']>().toBeNumber()
    expectTypeOf<RunManifest['state']>().toEqualTypeOf<
      'running' | 'succeeded' | 'failed' | 'killed' | 'timed_out' | 'cancelled' | 'spawn_failed'
    >()
    // @ts-expect-error a program is needed
    startRun({}, { runsDir: 'runs' })
  })
})
