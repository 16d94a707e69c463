import { CONSUMERS, STATES } from '../../tests/states/table.mjs'
import { generated, table } from './markdown.mjs'

/** What becomes of each state of the active pointer, as tests/states tries it. */
export function statesPage() {
  return [
    generated('States of the active pointer', 'tests/states/table.mjs'),
    'What everybody who reads the pointer makes of each state that it can be in. Each cell is tried by `tests/states`. The policy',
    'would choose another model in every case, of the same feature schema.',
    '',
    table(
      ['state', '', ...CONSUMERS.map(({ title }) => title)],
      STATES.map((row) => [row.title, row.is, ...CONSUMERS.map(({ id }) => row[id])]),
    ),
    '',
    '- `serves`: the model that the pointer names. `infer resolve` reads documents only; that a model does not load, or was changed, is seen by who loads it.',
    '- `by policy`: nothing was chosen, so the policy decides.',
    '- `another: CODE`: another model of the same feature schema, and `degraded` says so, in `--json`, the resolution and `status()`.',
    '- `written`: another model, which the pointer names from then on.',
    '- `keeps: CODE`: the model that served before; `status().degraded` and `onError` say so.',
    '- `error: CODE`, `exit N: CODE`: nothing serves, and nothing is written.',
    '',
    '`onBrokenPointer` and `--on-broken` decide otherwise for `missing` and `broken`; for `unknown` nothing does.',
    '',
  ].join('\n')
}
