import type { Completion } from '@taskclf/documents'
import type { GlobalOptions, OptionsOf } from '@taskclf/flags'
import type { Context, Outcome } from '../../command.js'
import { EXIT } from '../../exit-codes.js'

// SHELL says in which form the candidates are wanted, whatever the user's own shell is.
const BASH = `_taskclf() {
  local IFS=$'\\n'
  COMPREPLY=($(SHELL=bash taskclf __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _taskclf taskclf
`

const ZSH = `#compdef taskclf
_taskclf() {
  local -a candidates
  candidates=("\${(@f)$(SHELL=zsh taskclf __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${candidates[1]}" ]]; then _describe 'taskclf' candidates; else _files; fi
}
if [[ "\${funcstack[1]}" = _taskclf ]]; then _taskclf "$@"; else compdef _taskclf taskclf; fi
`

/** The script of the shell asked for, else of the user's. */
export async function run(
  { words: [asked] }: OptionsOf<Record<never, never>> & GlobalOptions,
  { env }: Context,
): Promise<Outcome<Completion>> {
  const shell = asked ?? (env.SHELL?.endsWith('zsh') ? 'zsh' : 'bash')
  const script = shell === 'zsh' ? ZSH : BASH
  return { data: { shell, script }, exitCode: EXIT.done, notes: [] }
}

/** The script alone. */
export function text({ script }: Completion): string {
  return script
}
