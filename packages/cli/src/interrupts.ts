import { EXIT, type ExitCode } from './exit-codes.js'

/** Every signal that asks a program to end, as the code of an error and the key of its exit code. */
export const REQUESTS = {
  SIGHUP: 'hung_up',
  SIGINT: 'interrupted',
  SIGQUIT: 'quit',
  SIGTERM: 'terminated',
} as const satisfies Partial<Record<NodeJS.Signals, keyof typeof EXIT>>

/** The code of an error that says what ended the work. */
export type RequestCode = (typeof REQUESTS)[keyof typeof REQUESTS]

/** Which request aborted a command's signal. */
export function requestOf({ reason }: AbortSignal): RequestCode {
  return Object.values(REQUESTS).find((code) => EXIT[code] === reason) ?? 'interrupted'
}

/** A command's own way of ending when asked to. */
export interface Taken {
  /** Aborted at the first request; its reason is the exit code. */
  signal: AbortSignal
  /** From here on a request ends the process again. */
  release(): void
}

/** How long a command may take to end. */
export interface Grace {
  graceMs: number
  /** Told before the process is ended although the command has not. */
  onLate(): void
}

/** Requests to end ({@link REQUESTS}). Unless a command takes them, the process ends at once. */
export interface Interrupts {
  /** The first request is left to the taker, who finishes what it must; the second ends the process at once. */
  take(grace?: Grace): Taken
}

/** Where nobody interrupts. */
export const NO_INTERRUPTS: Interrupts = {
  take: () => ({ signal: new AbortController().signal, release: () => {} }),
}

/** Requests come in by `notify`; `exit` ends the process. */
export function createInterrupts(
  exit: (code: ExitCode) => void,
): Interrupts & { notify(code: ExitCode): void } {
  let taker: AbortController | undefined
  let allowed: Grace | undefined
  return {
    take: (grace) => {
      allowed = grace
      const controller = new AbortController()
      taker = controller
      return {
        signal: controller.signal,
        release: () => {
          taker = undefined
        },
      }
    },
    notify: (code) => {
      if (taker === undefined || taker.signal.aborted) return exit(code)
      taker.abort(code)
      if (allowed === undefined) return
      const { graceMs, onLate } = allowed
      // What a reader does not take keeps the process, and so this timer, alive.
      setTimeout(() => {
        onLate()
        exit(code)
      }, graceMs).unref()
    },
  }
}
