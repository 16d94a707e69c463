import { declare } from '../../../command.js'
import { timeFlag } from '../../shared/time-flags.js'

export const modelActive = declare({
  path: ['model', 'active'],
  summary: 'Say which model is active, or was at some time: exit 0 when one is, 1 when none',
  flags: { at: timeFlag('The model that was active then, as the history says') },
  examples: [
    ['taskclf model active', 'the active model, since when, and by whom'],
    ['taskclf model active --at 2026-03-01T14:30:00Z', 'what served when something went wrong'],
  ],
})
