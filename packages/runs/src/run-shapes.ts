import { RUN_FAILURES } from './error-table.js'
import {
  type Fits,
  isAboveZero,
  isAmount,
  isJson,
  isNumber,
  isObject,
  isText,
  isWhole,
  listOf,
  objectOf,
  oneOf,
  optional,
  recordOf,
} from './fits.js'
import type { RunManifest } from './manifest-schema.js'
import { PROTOCOL_VERSION } from './protocol-version.js'
import type { RunEventBody } from './run-event.js'
import { RUN_OUTCOMES } from './run-outcomes.js'
import { MAX_TIMER_MS } from './time-limits.js'

// What the zod schemas accept, without zod, so that a program that only reads runs need not load it. Why something is not
// accepted the schemas say; a property test holds the two together.

const isPositive: Fits = (value) => isWhole(value) && (value as number) > 0
const isSeed: Fits = (value) => isWhole(value) && (value as number) >= 0
const isDuration: Fits = (value) => isSeed(value) && (value as number) <= MAX_TIMER_MS
const orNull =
  (fits: Fits): Fits =>
  (value) =>
    value === null || fits(value)

const isIdentity = objectOf({
  host: isText,
  machine: isText,
  boot: isText,
  pid_namespace: isText,
  pid: isPositive,
  start_time: isText,
})

const isSpec = objectOf({
  version: oneOf(PROTOCOL_VERSION),
  run_id: isText,
  output_dir: isText,
  seed: isSeed,
  params: (value) => isObject(value) && isJson(value),
  data: recordOf(isText),
  command: isText,
  args: listOf(isText),
  cwd: isText,
  env: recordOf(isText),
  profile: optional(isText),
  time_limit_ms: optional(isDuration),
  grace_ms: isDuration,
})

const isManifest = objectOf({
  version: oneOf(1),
  run_id: isText,
  state: oneOf('running', ...RUN_OUTCOMES),
  code: optional((value) => isText(value) && Object.hasOwn(RUN_FAILURES, value as string)),
  message: optional(isText),
  started_at: isText,
  ended_at: optional(isText),
  duration_ms: optional(isAmount),
  runner: isIdentity,
  process: optional(isIdentity),
  exit: optional(objectOf({ code: orNull(isWhole), signal: orNull(isText) })),
  bundle: optional(
    objectOf({
      model_id: optional(isText),
      problems: optional(listOf(objectOf({ code: isText, file: isText, message: isText }))),
    }),
  ),
  events: optional(isWhole),
  output: optional(objectOf({ stdout_bytes: isWhole, stderr_bytes: isWhole, cut_bytes: isWhole })),
  spec: isSpec,
})

/** Whether `runManifestSchema` accepts what was read. */
export function isRunManifest(value: unknown): value is RunManifest {
  return isManifest(value)
}

const cut = optional(oneOf(true))

const EVENTS: ReadonlyMap<unknown, Fits> = new Map(
  Object.entries({
    progress: objectOf({ current: isAmount, total: optional(isAboveZero), unit: optional(isText) }),
    metrics: objectOf({ values: recordOf(isNumber), step: optional(isAmount) }),
    log: objectOf({ message: isText, level: optional(oneOf('debug', 'info', 'warning', 'error')) }),
    phase: objectOf({ name: isText }),
    bundle: objectOf({ model_id: optional(isText) }),
    text: objectOf({ text: isText, cut }),
    stderr: objectOf({ text: isText, cut }),
    malformed: objectOf({
      text: isText,
      reason: oneOf('not_json', 'schema_violation', 'damaged_record'),
      message: isText,
      cut,
      torn: optional(oneOf(true)),
    }),
    note: objectOf({
      code: oneOf('output_cut', 'stopping', 'killing', 'left_behind', 'pipe_held'),
      message: isText,
    }),
  }),
)

/** Whether `runEventSchema` accepts what was read. */
export function isRunEvent(value: unknown): value is RunEventBody & { seq: number; at: string } {
  if (!isObject(value) || !isPositive(value.seq) || !isText(value.at)) return false
  return EVENTS.get(value.type)?.(value) ?? false
}
