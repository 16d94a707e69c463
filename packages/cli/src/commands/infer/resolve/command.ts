import { defineCommand } from '../../../command.js'
import { INFER_RESOLVE_FLAGS } from './flags.js'

export const inferResolve = defineCommand({
  path: ['infer', 'resolve'],
  summary: 'Print the directory of the model that serves; nothing else goes to standard output',
  flags: INFER_RESOLVE_FLAGS,
  examples: [
    ['taskclf infer resolve', 'the active model, else the best by policy'],
    [
      'taskclf infer resolve --feature-schema feature-schema.json --json',
      'with source, warnings and reasons',
    ],
    ['taskclf infer resolve --on-broken last_good', 'whatever happened to the pointer or its model'],
    ['taskclf infer resolve --repair', 'and write a pointer that is absent, corrupt, or names a lost model'],
  ],
  load: () => import('./run.js'),
})
