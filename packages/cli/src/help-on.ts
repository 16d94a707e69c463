import { type Declaration, renderHelp } from '@taskclf/flags'

const ABOUT = {
  about: 'taskclf: which model serves, and why. Works on a directory of model bundles.',
  end: 'Exit codes: 0 done · 1 a negative answer · 2 wrong usage · 3 environment failed · 4 conflict · 70 our bug',
}

/** The help on a command, a group or, for no words, the program. */
export function helpOn(
  path: readonly string[],
  commands: readonly Declaration[],
  columns: number | undefined,
): string {
  return renderHelp(path, commands, ABOUT, columns)
}
