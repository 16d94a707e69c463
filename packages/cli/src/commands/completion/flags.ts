/** The flags of `completion`. */
export const COMPLETION_FLAGS = {
  shell: { type: 'string', choices: ['bash', 'zsh'], describe: 'For which shell (default: yours, by SHELL)' },
} as const
