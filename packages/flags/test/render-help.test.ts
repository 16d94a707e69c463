import { helpWidth, renderHelp } from '@taskclf/flags'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from './support/commands.js'

const ABOUT = { about: 'taskclf: a registry.', end: 'Exit codes: 0 done.' }
const help = (line = '', columns?: number) =>
  renderHelp(
    line.split(' ').filter((word) => word !== ''),
    COMMANDS,
    ABOUT,
    columns,
  )

it.each([
  [undefined, 100],
  [200, 100],
  [100, 100],
  [99, 80],
  [80, 80],
  [79, 79],
])('sets for %s columns %i', (columns, width) => {
  expect(helpWidth(columns)).toBe(width)
})

describe('the help', () => {
  it('begins with what the program is, lists the groups, and ends with what the caller adds', () => {
    const lines = help().trimEnd().split('\n')
    expect([lines[0], lines.at(-1)]).toEqual([ABOUT.about, ABOUT.end])
    expect(help()).toMatch(/^ {2}taskclf model +inspect, set-active, verify$/m)
    expect(help()).toMatch(/^ {2}taskclf completion +Print a script$/m)
  })

  it('lists the verbs of a group, each with what it does', () => {
    expect(help('model')).toMatch(/^Usage: taskclf model VERB \[flags\]$/m)
    expect(help('model')).toMatch(/^ {2}taskclf model verify +Check the digests of models$/m)
    expect(help('model')).not.toContain(ABOUT.about)
  })

  it('lists a flag once that a command has of its own', () => {
    const own = { 'label-set': { type: 'string', value: 'FILE', describe: 'Its own' } } as const
    const command = { path: ['import'], summary: 'Import', flags: own, examples: [] } as const
    const text = renderHelp(['import'], [command], ABOUT, 100)
    expect(text.match(/--label-set/g)).toHaveLength(1)
    expect(text).toMatch(/--label-set +FILE: Its own$/m)
    expect(text).toContain('--schema-hash')
  })

  it('shows how the words and flags of a command are written', () => {
    expect(help('model inspect')).toMatch(/^Usage: taskclf model inspect MODEL_ID \[flags\]$/m)
    expect(help('model verify')).toContain('taskclf model verify [MODEL_ID…] [flags]')
    expect(help('policy show')).toContain('taskclf policy show [FILE|PRESET] [flags]')
    expect(help('train list')).toMatch(/^ {6}--sort +macro_f1\|weighted_f1: What to sort by$/m)
    expect(help('model set-active')).toMatch(/^ {6}--model-id +ID: The model \(required\)$/m)
  })

  it('leaves --json out for a command whose data is a stream', () => {
    expect(help('train list')).toContain('--json')
    expect(help('completion')).not.toContain('--json')
  })

  it('breaks lines between words, in a narrow terminal, too', () => {
    for (const line of help('model set-active', 60).split('\n')) expect(line.length).toBeLessThanOrEqual(60)
  })
})
