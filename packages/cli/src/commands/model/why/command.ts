import { declare } from '../../../command.js'

export const modelWhy = declare({
  path: ['model', 'why'],
  summary: 'Explain why a model is active, why it is not, or what a switch was decided on',
  words: [
    {
      name: 'ID|REVISION',
      describe: 'a model, or a revision of taskclf model history; nothing for the active model',
      arity: 'optional',
    },
  ],
  flags: {},
  examples: [
    ['taskclf model why', 'why the active model is the active one'],
    [
      'taskclf model why 2026-02-16_031012_run-2286',
      'why that one is not: a gate, a rollback, or a better one',
    ],
    ['taskclf model why 3', 'what switch 3 was decided on'],
  ],
})
