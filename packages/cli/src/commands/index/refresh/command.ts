import { defineCommand } from '../../../command.js'

export const indexRefresh = defineCommand({
  path: ['index', 'refresh'],
  summary: 'Write index.json: the ranking for people, and what makes train list fast',
  flags: {},
  examples: [['taskclf index refresh', 'after bundles were added or removed by hand']],
  load: () => import('./run.js'),
})
