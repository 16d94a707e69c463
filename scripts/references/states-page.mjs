// No library: the table of states is ours.
import { READING, STATES, WRITING } from '../../tests/states/table.mjs'
import { generated, table } from './markdown.mjs'

/** What becomes of each state of the active pointer, as tests/states tries it. */
export function statesPage() {
  return [
    generated('States of the active pointer', 'tests/states/table.mjs'),
    'What everybody who meets the pointer makes of each state that it can be in. Each cell is tried by `tests/states`, with the command or',
    'the function itself. The policy would choose another model in every case, of the same feature schema.',
    '',
    '## Who looks for the model that serves',
    '',
    tableOf(READING),
    '',
    '- `serves`: the model that the pointer names. `infer resolve` reads documents only; that a model does not load, or was changed, is seen by who loads it.',
    '- `by policy`: nothing was chosen, so the policy decides.',
    '- `another: CODE`: another model of the same feature schema, and `degraded` says so, in `--json`, the resolution and `status()`.',
    '- `written`: another model, which the pointer names from then on.',
    '- `restored`: the model that was active last by the history, which the pointer names again.',
    '- `keeps: CODE`: the model that served before; `status().degraded` and `onError` say so.',
    '- `error: CODE`, `exit N: CODE`: nothing serves, and nothing is written; of `doctor`, what it found. `exit 0: CODE` is a note.',
    '',
    '`onBrokenPointer` and `--on-broken` decide otherwise for `missing` and `broken`; for `unknown` nothing does.',
    '',
    '## Who puts another in its place',
    '',
    'A person chooses with `set-active` and `rollback`; `promote` and `select --activate` found a better model.',
    '',
    tableOf(WRITING),
    '',
    '- `written`: the pointer names the other model; the answer names what it took the place of.',
    '- `exit N: CODE`: nothing was written, and nothing published.',
    '',
    '`promote --ignore-champion` goes past what cannot be compared with; nothing goes past `exit 3`. A champion of other labels or of another',
    'feature schema is not compared with, which is the warning `champion_other_schema`.',
    '',
  ].join('\n')
}

function tableOf(columns) {
  return table(
    ['state', '', ...columns.map(({ title }) => title)],
    STATES.map((row) => [row.title, row.is, ...columns.map(({ id }) => row[id])]),
  )
}
