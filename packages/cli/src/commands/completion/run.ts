import type { GlobalOptions, OptionsOf, Outcome } from '../../command.js'
import type { Context } from '../../context.js'
import type { Completion } from '../../documents/others.js'
import { EXIT } from '../../exit-codes.js'
import type { COMPLETION_FLAGS } from './flags.js'

const BASH = `_taskclf() {
  local IFS=$'\\n'
  COMPREPLY=($(taskclf __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _taskclf taskclf
`

const ZSH = `#compdef taskclf
_taskclf() {
  local -a candidates
  candidates=("\${(@f)$(taskclf __complete "\${words[@]:1:$((CURRENT - 1))}" 2>/dev/null)}")
  if [[ -n "\${candidates[1]}" ]]; then compadd -a candidates; else _files; fi
}
if [[ "\${funcstack[1]}" = _taskclf ]]; then _taskclf; else compdef _taskclf taskclf; fi
`

/** The script of the shell asked for, else of the user's. */
export async function run(
  { shell }: OptionsOf<typeof COMPLETION_FLAGS> & GlobalOptions,
  { env }: Context,
): Promise<Outcome<Completion>> {
  const chosen = shell ?? (env.SHELL?.endsWith('zsh') ? 'zsh' : 'bash')
  const script = chosen === 'zsh' ? ZSH : BASH
  return { data: { shell: chosen, script }, exitCode: EXIT.done, notes: [] }
}

/** The script alone. */
export function text({ script }: Completion): string {
  return script
}
