import { defineCommand } from '../../../command.js'
import type { InferOnline } from '../../../documents/infer-online.js'
import { INFER_ONLINE_FLAGS } from './flags.js'

export const inferOnline = defineCommand<typeof INFER_ONLINE_FLAGS, InferOnline>({
  path: ['infer', 'online'],
  summary: 'Answer JSON lines with JSON lines, in order, by the model that serves at the moment',
  flags: INFER_ONLINE_FLAGS,
  hasNoJson: true,
  examples: [
    ['taskclf infer online < windows.jsonl', 'one row a line in, one answer a line out'],
    ['collector | taskclf infer online --log-format json 2> events.jsonl', 'swaps and errors as JSON lines'],
    ['taskclf infer online --on-broken last_good < windows.jsonl', 'starts whatever happened to the model'],
  ],
  load: () => import('./run.js'),
})
