import { isAbsolute, resolve } from 'node:path'
import type { z } from 'zod'
import { RunsError } from './errors.js'
import type { JsonValue } from './json-value.js'
import { PROTOCOL_VERSION } from './protocol-version.js'
import { inputSchema, type runSpecFileSchema } from './spec-schema.js'
import { describe, violationsOf } from './violations.js'

/** The trainer to run, and what it is given. */
export interface RunSpec {
  /** A program: a name looked up in PATH, or a path (relative to `cwd`). Never a shell line. */
  command: string
  args?: readonly string[]
  /** Where it runs. Default: the working directory of this process. */
  cwd?: string
  /** Variables on top of the inherited ones. They are recorded: keep secrets in the inherited environment. */
  env?: Readonly<Record<string, string>>
  /** Default: 0. */
  seed?: number
  /** Passed to the trainer as they are. */
  params?: Readonly<Record<string, JsonValue>>
  /** Data files by name; relative paths are resolved against `cwd`. */
  data?: Readonly<Record<string, string>>
  /** The profile this spec came from, for the record. */
  profile?: string
  /** Default: none. */
  timeLimitMs?: number
  /** Between SIGTERM and SIGKILL. Default: 10 seconds. */
  graceMs?: number
}

/** The resolved spec, as on disk. */
export type RunSpecFile = z.infer<typeof runSpecFileSchema>

/** A spec with every default filled in and every path absolute; all violations at once. */
export function resolveSpec(spec: RunSpec, run: { id: string; outputDir: string }): RunSpecFile {
  const parsed = inputSchema.safeParse(spec)
  if (!parsed.success) {
    const violations = violationsOf(parsed.error)
    throw new RunsError('invalid_spec', `the run cannot start: ${describe(violations)}`, { violations })
  }
  const { command, args, env, seed, params, data, profile, timeLimitMs, graceMs } = parsed.data
  const cwd = resolve(parsed.data.cwd ?? '.')
  return {
    version: PROTOCOL_VERSION,
    run_id: run.id,
    output_dir: run.outputDir,
    seed,
    params,
    data: Object.fromEntries(Object.entries(data).map(([name, path]) => [name, resolve(cwd, path)])),
    command: command.includes('/') && !isAbsolute(command) ? resolve(cwd, command) : command,
    args,
    cwd,
    env,
    ...(profile === undefined ? {} : { profile }),
    ...(timeLimitMs === undefined ? {} : { time_limit_ms: timeLimitMs }),
    grace_ms: graceMs,
  }
}

/** The variables that a trainer is given. */
export function trainerVariables(spec: RunSpecFile, specPath: string): Record<string, string> {
  return {
    ...spec.env,
    TASKCLF_PROTOCOL: String(PROTOCOL_VERSION),
    TASKCLF_RUN_ID: spec.run_id,
    TASKCLF_SPEC: specPath,
    TASKCLF_OUTPUT_DIR: spec.output_dir,
    TASKCLF_SEED: String(spec.seed),
  }
}
