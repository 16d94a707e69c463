import { declare } from '../../command.js'

export const completion = declare({
  path: ['completion'],
  summary: 'Print a script that completes commands, flags and model ids',
  words: [
    {
      name: 'SHELL',
      describe: 'bash or zsh (default: yours, by the variable SHELL)',
      arity: 'optional',
      choices: ['bash', 'zsh'],
    },
  ],
  examples: [
    ['taskclf completion bash >> ~/.bashrc', 'for bash'],
    ['taskclf completion zsh > ~/.zfunc/_taskclf', 'for zsh, in a directory of fpath'],
  ],
  flags: {},
})
