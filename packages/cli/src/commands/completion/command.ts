import { defineCommand } from '../../command.js'
import { COMPLETION_FLAGS } from './flags.js'

export const completion = defineCommand({
  path: ['completion'],
  summary: 'Print a script that completes commands, flags and model ids',
  flags: COMPLETION_FLAGS,
  examples: [
    ['taskclf completion --shell bash >> ~/.bashrc', 'for bash'],
    ['taskclf completion --shell zsh > ~/.zfunc/_taskclf', 'for zsh, in a directory of fpath'],
  ],
  load: async () => import('./run.js'),
})
