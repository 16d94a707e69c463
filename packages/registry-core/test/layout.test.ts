import { describe, expect, it } from 'vitest'
import { isModelId, whyUnusableName } from '../src/format/bundle-names.js'
import { escapeControls, keyPath, show } from '../src/format/describe.js'
import { bundlePath, modelsDirLayout } from '../src/local/layout.js'

describe('modelsDirLayout', () => {
  it('knows every name', () => {
    expect(modelsDirLayout('/srv/models')).toEqual({
      root: '/srv/models',
      active: '/srv/models/active.json',
      history: '/srv/models/active_history.jsonl',
      index: '/srv/models/index.json',
      inferencePolicy: '/srv/models/inference_policy.json',
      work: '/srv/models/.taskclf',
      rejected: '/srv/rejected_models',
    })
  })
})

describe('model ids', () => {
  it.each(['a', '2026-03-02_031009_run-8935', 'A.b_c-d', 'x'.repeat(128)])('accepts %s', (id) => {
    expect(isModelId(id)).toBe(true)
  })
  it.each(['', '.a', '-a', 'a/b', 'a b', 'ä', 'a\n', 'x'.repeat(129), 'active.json', 'Traffic.json'])(
    'rejects %j',
    (id) => {
      expect(isModelId(id)).toBe(false)
    },
  )
})

describe('bundlePath', () => {
  it('is directly in the models dir, under any name that a directory can have', () => {
    for (const id of ['run-1', 'a b', 'ü', 'a\nb'])
      expect(bundlePath('/srv/models', id)).toBe(`/srv/models/${id}`)
  })
  it.each([
    '',
    '.',
    '..',
    '.hidden',
    'a/b',
    '../x',
    '/etc',
    'a\\b',
    'a\0b',
    '\ud800',
    'active_history.jsonl',
  ])('refuses %j', (id) => {
    expect(() => bundlePath('/srv/models', id)).toThrowError(
      expect.objectContaining({ code: 'unusable_name', path: id }),
    )
  })
})

describe('whyUnusableName', () => {
  it.each([
    'active.json',
    'active_history.jsonl',
    'index.json',
    'INDEX.json',
    'inference_policy.json',
    'traffic.json',
    'traffic_history.jsonl',
    'channel-blue.json',
    'channel-blue_history.jsonl',
  ])('keeps %s for the models dir', (name) => expect(whyUnusableName(name)).toContain('keeps for itself'))
  it.each(['run-1', 'ü b', 'active.json.d', 'my-active.json', 'index', 'traffic', 'channel-blue'])(
    'leaves %s to bundles',
    (name) => expect(whyUnusableName(name)).toBeUndefined(),
  )
})

describe('messages', () => {
  it('shows values short, in one line and without anything a terminal obeys', () => {
    expect(show('a\u001b[31m"\n')).toBe('"a\\u001b[31m\\"\\n"')
    expect(show('x'.repeat(100))).toHaveLength(61)
    expect([
      show(-0),
      show(1.5),
      show(null),
      show(true),
      show([1, 2]),
      show({}),
      show(undefined),
      show(1n),
    ]).toEqual(['-0', '1.5', 'null', 'true', 'a list of 2', 'an object', 'nothing', 'a bigint'])
    expect(escapeControls('\u202e\u2028\ud800')).toBe('\\u202e\\u2028\\ud800')
  })

  it('writes key paths that can be read back', () => {
    expect(keyPath(['per_class', 'Read Research', 'f1'])).toBe('per_class["Read Research"].f1')
    expect(keyPath(['a.b', 0, 'c'])).toBe('["a.b"].0.c')
    expect(keyPath([])).toBe('')
  })
})
