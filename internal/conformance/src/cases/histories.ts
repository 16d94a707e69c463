import { type ConformanceCase, conform } from '../conformance-case.js'
import type { Ground } from '../ground.js'
import { foreign } from './pointers.js'

async function history({ verbs, store }: Ground): Promise<unknown> {
  const { entries, problems, warnings } = await verbs.readHistory(store)
  return {
    entries: entries.map(({ line, revision, state }) => [line, revision ?? null, state]),
    said: [...problems, ...warnings].map(({ code, line }) => [code, line ?? null]),
  }
}

async function switched(on: Ground, times: number): Promise<string[]> {
  on.putAll('run-a', 'run-b')
  for (let n = 0; n < times; n++) await on.activate(n % 2 === 0 ? 'run-a' : 'run-b')
  return on.lines()
}

const VISIBLE = [
  [1, 1, 'visible'],
  [2, 2, 'visible'],
  [3, 3, 'visible'],
]

/** What the history says of each line, and of what is odd about it. */
export const HISTORIES: readonly ConformanceCase[] = [
  conform('says nothing of a history that is not there', { entries: [], said: [] }, history),
  conform(
    'calls every line on the way back from the pointer visible',
    { entries: VISIBLE, said: [] },
    async (on) => {
      await switched(on, 3)
      return history(on)
    },
  ),
  conform(
    'calls a line beyond the pointer pending',
    { entries: [...VISIBLE.slice(0, 2), [3, 3, 'pending']], said: [] },
    async (on) => {
      const before = await switched(on, 2)
      const pointer = await on.state()
      await on.activate('run-a')
      const after = on.lines()
      await on.putPointer(JSON.stringify(pointer.status === 'valid' && pointer.pointer))
      return before.length === 2 && after.length === 3 ? history(on) : 'three lines'
    },
  ),
  conform(
    'calls a line that the next switch went past aborted',
    {
      entries: [
        [1, 1, 'visible'],
        [2, 2, 'aborted'],
        [3, 3, 'visible'],
      ],
      said: [],
    },
    async (on) => {
      await switched(on, 1)
      const pointer = await on.state()
      await on.activate('run-b')
      await on.putPointer(JSON.stringify(pointer.status === 'valid' && pointer.pointer))
      await on.activate('run-a')
      return history(on)
    },
  ),
  conform(
    'calls lines unconfirmed when the pointer is lost',
    {
      entries: [
        [1, 1, 'visible'],
        [2, 2, 'visible'],
        [3, 3, 'unconfirmed'],
      ],
      said: [['pointer_lost', null]],
    },
    async (on) => {
      await switched(on, 3)
      await on.putPointer(undefined)
      return history(on)
    },
  ),
  conform(
    'confirms the line that a torn pointer still names',
    { entries: VISIBLE, said: [['pointer_lost', null]] },
    async (on) => {
      await switched(on, 3)
      const found = await on.state()
      if (found.status === 'valid') await on.putPointer(JSON.stringify(found.pointer).slice(0, -20))
      return history(on)
    },
  ),
  conform(
    'finds a visible line of which one character was changed',
    { entries: VISIBLE, said: [['history_altered', 2]] },
    async (on) => {
      const [first = '', second = '', third = ''] = await switched(on, 3)
      await on.putLines([first, second.replace('"macro_f1":0.81', '"macro_f1":0.91'), third])
      return history(on)
    },
  ),
  conform(
    'finds a pointer that is not what its line records',
    { entries: VISIBLE, said: [['pointer_altered', 3]] },
    async (on) => {
      await switched(on, 3)
      const found = await on.state()
      if (found.status === 'valid')
        await on.putPointer(JSON.stringify({ ...found.pointer, policy_version: 9 }))
      return history(on)
    },
  ),
  conform(
    'finds a history whose beginning was cut off',
    {
      entries: [
        [1, 2, 'visible'],
        [2, 3, 'visible'],
      ],
      said: [['history_cut', null]],
    },
    async (on) => {
      await on.putLines((await switched(on, 3)).slice(1))
      return history(on)
    },
  ),
  conform(
    'finds a history that lost the line of the pointer',
    {
      entries: [
        [1, 1, 'visible'],
        [2, 2, 'visible'],
      ],
      said: [['history_cut', null]],
    },
    async (on) => {
      await on.putLines((await switched(on, 3)).slice(0, 2))
      return history(on)
    },
  ),
  conform('finds lines whose order was changed', ['a line is not visible', true], async (on) => {
    const [first = '', second = '', third = ''] = await switched(on, 3)
    await on.putLines([second, first, third])
    const { entries, warnings } = await on.verbs.readHistory(on.store)
    return [entries.some(({ visible }) => !visible) && 'a line is not visible', warnings.length > 0]
  }),
  conform(
    'passes over lines that are none, and counts them',
    {
      entries: [
        [1, 1, 'visible'],
        [4, 2, 'visible'],
      ],
      said: [
        ['malformed_line', 2],
        ['malformed_line', 3],
      ],
    },
    async (on) => {
      const [first = '', second = ''] = await switched(on, 2)
      await on.putLines([first, '{"at": ', '{"at": 7, "old": null, "new": null}', second])
      return history(on)
    },
  ),
  conform(
    'passes over a line that has a key twice',
    { entries: [[2, 1, 'visible']], said: [['malformed_line', 1]] },
    async (on) => {
      const [first = ''] = await switched(on, 1)
      await on.putLines([first.replace('{', '{"revision":9,'), first])
      return history(on)
    },
  ),
  conform(
    'passes over a line that is too long',
    { entries: [[2, 1, 'visible']], said: [['line_too_long', 1]] },
    async (on) => {
      const [first = ''] = await switched(on, 1)
      await on.putLines([`{"a":"${'x'.repeat(1024 * 1024)}"}`, first])
      return history(on)
    },
  ),
  conform(
    'says of a later version that it wrote a line',
    { entries: [[2, 1, 'visible']], said: [['unsupported_version', 1]] },
    async (on) => {
      const [first = ''] = await switched(on, 1)
      await on.putLines([
        first.replace('"version":1', '"version":2').replaceAll(/"write_id":"./g, '"write_id":"f'),
        first,
      ])
      return history(on)
    },
  ),
  conform(
    "says of another program's pointer that no line accounts for it",
    { entries: [[1, 1, 'visible']], said: [['pointer_not_in_history', null]] },
    async (on) => {
      await switched(on, 1)
      await on.putPointer(foreign('run-b'))
      return history(on)
    },
  ),
  conform(
    'notes lines of which no digest is recorded',
    { entries: [[1, 1, 'visible']], said: [['history_unchained', null]] },
    async (on) => {
      await switched(on, 1)
      const found = await on.state()
      if (found.status !== 'valid') return found
      const { line: _, ...older } = found.pointer
      await on.putPointer(JSON.stringify(older))
      return history(on)
    },
  ),
  conform('keeps keys of a line that nothing reads', 'seven', async (on) => {
    const [first = ''] = await switched(on, 1)
    await on.putLines([first.replace('{', '{"team":"seven",')])
    return (await on.verbs.readHistory(on.store)).entries[0]?.team
  }),
]
