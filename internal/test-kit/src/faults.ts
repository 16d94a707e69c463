/** What happens at one step: an errno thrown, half a write taken, or the process gone from there on. */
export type Fault = { errno: string } | 'short' | 'kill'

/** A file system whose every operation is a numbered step, with faults put in at some of them. */
export interface Instrumented<T> {
  fileSystem: T
  /** Names of the steps taken so far, e.g. `rename`, `file.sync`. */
  steps: string[]
  killed: boolean
}

/** Thrown by every operation after a `kill`: no cleanup of the victim can do anything any more. */
export class Killed extends Error {
  readonly code = 'KILLED'
}

/**
 * Wraps an object of async operations; objects with operations that it answers (open files) are wrapped too.
 * `faults` maps step numbers (from 0) to what goes wrong there.
 */
export function instrument<T extends object>(
  real: T,
  faults: ReadonlyMap<number, Fault> = new Map(),
): Instrumented<T> {
  const state: Instrumented<T> = { fileSystem: real, steps: [], killed: false }
  state.fileSystem = wrap(real, '', state, faults)
  return state
}

function wrap<T extends object>(
  real: T,
  prefix: string,
  state: Instrumented<unknown>,
  faults: ReadonlyMap<number, Fault>,
): T {
  return new Proxy(real, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key)
      if (typeof member !== 'function' || typeof key !== 'string') return member
      return async (...args: unknown[]): Promise<unknown> => {
        if (state.killed) throw new Killed('the process is gone')
        const fault = faults.get(state.steps.length)
        state.steps.push(prefix + key)
        const result: unknown = await act(fault, state, key, args, (given) =>
          Reflect.apply(member, target, given),
        )
        return typeof result === 'object' && result !== null && 'sync' in result
          ? wrap(result, 'file.', state, faults)
          : result
      }
    },
  })
}

async function act(
  fault: Fault | undefined,
  state: Instrumented<unknown>,
  key: string,
  args: unknown[],
  perform: (args: unknown[]) => unknown,
): Promise<unknown> {
  if (fault === undefined) return perform(args)
  if (fault === 'kill') {
    state.killed = true
    throw new Killed(`killed at ${key}`)
  }
  if (fault === 'short') {
    const [bytes] = args
    if (key !== 'write' || !(bytes instanceof Uint8Array)) return perform(args)
    return perform([bytes.subarray(0, Math.ceil(bytes.length / 2))])
  }
  throw Object.assign(new Error(`${fault.errno}: injected at ${key}`), { code: fault.errno })
}
