import { declare } from '../../../command.js'

export const indexRefresh = declare({
  path: ['index', 'refresh'],
  summary: 'Write index.json: the ranking for people, and what makes train list fast',
  flags: {},
  examples: [['taskclf index refresh', 'after bundles were copied in or removed']],
})
