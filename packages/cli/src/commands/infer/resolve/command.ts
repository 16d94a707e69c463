import { declare } from '../../../command.js'
import { CHECKS_FLAGS } from '../../shared/checks-flags.js'
import { ON_BROKEN_FLAG } from '../shared/flags.js'

export const inferResolve = declare({
  path: ['infer', 'resolve'],
  summary: 'Print the directory of the model that serves; nothing else goes to standard output',
  flags: {
    'model-dir': { type: 'string', value: 'DIR', describe: 'Use this bundle, whatever the pointer says' },
    'on-broken': ON_BROKEN_FLAG,
    repair: {
      type: 'boolean',
      describe: 'Write the pointer when it is absent or corrupt, or its model is missing',
    },
    ...CHECKS_FLAGS,
  },
  examples: [
    ['taskclf infer resolve', 'the active model, else the best by policy'],
    [
      'taskclf infer resolve --feature-schema feature-schema.json --json',
      'with source, warnings and reasons',
    ],
    ['taskclf infer resolve --on-broken last_good', 'whatever happened to the pointer or its model'],
    ['taskclf infer resolve --repair', 'and write a pointer that is absent, corrupt, or names a lost model'],
  ],
})
