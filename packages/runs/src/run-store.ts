import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { currentProcess, errnoOf, type ProcessIdentity } from '@taskclf/durable-fs'
import { messageOf } from '@taskclf/errors'
import { logFailed, type Outcome } from './decide-outcome.js'
import { RunsError, storing } from './errors.js'
import { EventLog } from './event-log.js'
import type { RunPaths } from './layout.js'
import { toIdentityRecord } from './manifest.js'
import type { RunManifest } from './manifest-schema.js'
import type { RunSpecFile } from './spec.js'
import { writeJson, writeManifest } from './write-manifest.js'

/** The files of a run that this process watches over: made once, ended once. */
export class RunStore {
  readonly log: EventLog
  readonly #paths: RunPaths
  readonly #now: () => Date
  readonly #startedAt: Date
  #manifest: RunManifest

  private constructor(
    paths: RunPaths,
    manifest: RunManifest,
    log: EventLog,
    now: () => Date,
    startedAt: Date,
  ) {
    this.#paths = paths
    this.#manifest = manifest
    this.log = log
    this.#now = now
    this.#startedAt = startedAt
  }

  /** Makes the run's directory, which must be new, and everything a trainer and an observer need in it. */
  static async create(paths: RunPaths, spec: RunSpecFile, now: () => Date): Promise<RunStore> {
    const startedAt = now()
    const manifest: RunManifest = {
      version: 1,
      run_id: spec.run_id,
      state: 'running',
      started_at: startedAt.toISOString(),
      runner: toIdentityRecord(currentProcess()),
      spec,
    }
    return storing(`the files of run ${spec.run_id} were not made`, async () => {
      await mkdir(dirname(paths.dir), { recursive: true })
      await makeNew(paths.dir, spec.run_id)
      await mkdir(paths.bundle)
      await writeJson(paths.spec, spec)
      const log = await EventLog.create(paths.events, now)
      await writeManifest(paths.manifest, manifest)
      return new RunStore(paths, manifest, log, now, startedAt)
    })
  }

  /** Records the trainer's process. */
  async started(trainer: ProcessIdentity): Promise<void> {
    this.#manifest = { ...this.#manifest, process: toIdentityRecord(trainer) }
    await writeManifest(this.#paths.manifest, this.#manifest)
  }

  /** Makes every event safe, then records the outcome: a reader that sees an outcome sees all events. */
  async finish(outcome: Outcome, facts: Pick<RunManifest, 'exit' | 'output'> = {}): Promise<RunManifest> {
    const failure = await this.log.close().then(() => undefined, messageOf)
    const endedAt = this.#now()
    this.#manifest = {
      ...this.#manifest,
      ...(failure === undefined ? outcome : logFailed(failure)),
      ...facts,
      events: this.log.count,
      ended_at: endedAt.toISOString(),
      duration_ms: Math.max(0, endedAt.getTime() - this.#startedAt.getTime()),
    }
    await writeManifest(this.#paths.manifest, this.#manifest)
    return this.#manifest
  }
}

async function makeNew(dir: string, id: string): Promise<void> {
  try {
    await mkdir(dir)
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
    throw new RunsError('run_exists', `there is a run ${id} already, in ${dir}; choose another id`, {
      cause: error,
    })
  }
}
