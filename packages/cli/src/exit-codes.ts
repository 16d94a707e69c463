/** What the shell gets. */
export const EXIT = {
  done: 0,
  /** The question was understood and the answer is no. */
  no: 1,
  usage: 2,
  environment: 3,
  conflict: 4,
  bug: 70,
  hung_up: 129,
  interrupted: 130,
  quit: 131,
  terminated: 143,
} as const

/** One of the values of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
