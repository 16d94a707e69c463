import { z } from 'zod'
import { RunsError } from './errors.js'
import { jsonObjectSchema } from './json-value.js'
import type { RunSpec } from './spec.js'
import { describe, violationsOf } from './violations.js'

/** One named profile of the config file. */
export const runProfileSchema = z.strictObject({
  command: z.string().min(1).describe('The program: a name in PATH, or a path'),
  args: z.array(z.string()).optional(),
  cwd: z.string().optional().describe("Where it runs; relative to the config file's directory"),
  env: z.record(z.string(), z.string()).optional(),
  seed: z.int().nonnegative().optional(),
  params: jsonObjectSchema.optional(),
  data: z.record(z.string(), z.string()).optional().describe('Data files by name'),
  time_limit_s: z.number().positive().optional(),
  grace_s: z.number().nonnegative().optional(),
})

/** A run profile, as in the config file. */
export type RunProfile = z.infer<typeof runProfileSchema>

/**
 * The spec of a named profile. What `overrides` has replaces; `env`, `params` and `data` are merged key by key.
 *
 * @throws RunsError `unknown_profile`, naming those there are; `invalid_profile` with every violation.
 * @example
 * ```ts
 * const spec = resolveProfile({ nightly: { command: 'python3', args: ['train.py'] } }, 'nightly', { seed: 7 })
 * ```
 */
export function resolveProfile(
  profiles: Readonly<Record<string, unknown>>,
  name: string,
  overrides: Partial<RunSpec> = {},
): RunSpec {
  if (!Object.hasOwn(profiles, name)) {
    const known = Object.keys(profiles).sort().join(', ') || 'none'
    throw new RunsError('unknown_profile', `there is no profile ${JSON.stringify(name)}; there are: ${known}`)
  }
  const parsed = runProfileSchema.safeParse(profiles[name])
  if (!parsed.success) {
    const violations = violationsOf(parsed.error)
    const message = `profile ${JSON.stringify(name)} is not valid: ${describe(violations)}`
    throw new RunsError('invalid_profile', message, { violations })
  }
  const { time_limit_s: limit, grace_s: grace, ...rest } = withoutUndefined(parsed.data)
  const { env, params, data } = rest
  return {
    ...rest,
    ...(limit === undefined ? {} : { timeLimitMs: Math.ceil(limit * 1000) }),
    ...(grace === undefined ? {} : { graceMs: Math.ceil(grace * 1000) }),
    ...overrides,
    env: { ...env, ...overrides.env },
    params: { ...params, ...overrides.params },
    data: { ...data, ...overrides.data },
    profile: name,
  }
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** Without the keys whose value is undefined, which exactOptionalPropertyTypes tells from absent ones. */
function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Defined<T>
}
