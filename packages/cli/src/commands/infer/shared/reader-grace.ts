import type { Context } from '../../../command.js'
import type { Grace } from '../../../interrupts.js'

/** For a reader of standard output that has stopped: what it has not taken by then is not waited for. */
export function readerGrace({ pipes: { stderr } }: Context): Grace {
  return {
    graceMs: 3000,
    onLate: () => {
      stderr.write('taskclf: ended when asked to; the reader of the standard output did not read all of it\n')
    },
  }
}
