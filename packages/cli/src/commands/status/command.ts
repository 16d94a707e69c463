import { declare } from '../../command.js'

export const status = declare({
  path: ['status'],
  summary:
    'Show the state of each family of models: active, since when, by whom, eligible, newest, what is wrong',
  flags: {
    'fail-on': {
      type: 'string',
      choices: ['problem'],
      describe: 'For monitors: exit code 1 when a family has a problem',
    },
  },
  examples: [
    ['taskclf status', 'a line for each family of the configuration, or for the one models dir'],
    ['taskclf status --fail-on problem --quiet', 'for a monitor'],
  ],
})
