import { defineCommand } from '../../command.js'

export const doctor = defineCommand({
  path: ['doctor'],
  summary: 'Look for everything that would surprise: what keeps models out, damage, other writers, leftovers',
  flags: {},
  examples: [
    ['taskclf doctor', 'exit code 1 when something must be put right'],
    ['taskclf doctor --policy ungated --json', 'under another policy, as JSON'],
  ],
  load: () => import('./run.js'),
})
