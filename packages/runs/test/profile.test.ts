import { resolveProfile, splitCommand } from '@taskclf/runs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const profiles = {
  nightly: {
    command: 'python3',
    args: ['train.py'],
    cwd: '/srv/train',
    env: { A: '1', B: '1' },
    seed: 3,
    params: { trees: 10, rate: 0.1 },
    data: { train: 'a.csv' },
    time_limit_s: 1.5,
    grace_s: 0,
  },
  small: { command: './train.sh' },
  broken: { command: '', timeLimit: 3 },
}

describe('resolveProfile', () => {
  it('applies overrides over the profile, key by key where there are keys', () => {
    expect(
      resolveProfile(profiles, 'nightly', {
        seed: 9,
        env: { B: '2' },
        params: { trees: 20 },
        data: { test: 'b.csv' },
      }),
    ).toEqual({
      command: 'python3',
      args: ['train.py'],
      cwd: '/srv/train',
      env: { A: '1', B: '2' },
      seed: 9,
      params: { trees: 20, rate: 0.1 },
      data: { train: 'a.csv', test: 'b.csv' },
      timeLimitMs: 1500,
      graceMs: 0,
      profile: 'nightly',
    })
    expect(resolveProfile(profiles, 'small')).toEqual({
      command: './train.sh',
      env: {},
      params: {},
      data: {},
      profile: 'small',
    })
  })

  it('refuses what is not there and what is not valid', () => {
    expect(() => resolveProfile(profiles, 'toString')).toThrowError(
      expect.objectContaining({ code: 'unknown_profile' }),
    )
    expect(() => resolveProfile({}, 'x')).toThrowError(expect.objectContaining({ code: 'unknown_profile' }))
    const invalid = expect.objectContaining({
      code: 'invalid_profile',
      violations: [expect.anything(), expect.anything()],
    })
    expect(() => resolveProfile(profiles, 'broken')).toThrowError(invalid)
  })
})

describe('splitCommand', () => {
  it.each([
    ['python3 train.py', ['python3', 'train.py']],
    ['  a\tb\n', ['a', 'b']],
    [`a 'b c' "d \\"e\\" \\n" f\\ g ''`, ['a', 'b c', 'd "e" \\n', 'f g', '']],
    [`a"b"'c'd`, ['abcd']],
    ['a $HOME *.csv; rm', ['a', '$HOME', '*.csv;', 'rm']],
  ])('splits %j', (text, words) => {
    expect(splitCommand(text)).toEqual(words)
  })

  it.each(['', '  ', 'a "b', "a 'b", 'a\\'])('refuses %j', (text) => {
    expect(() => splitCommand(text)).toThrowError(expect.objectContaining({ code: 'invalid_spec' }))
  })

  it('gives back whatever was quoted', () => {
    const quoted = (word: string) => `'${word.replaceAll("'", `'"'"'`)}'`
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (words) => {
        expect(splitCommand(words.map(quoted).join(' '))).toEqual(words)
      }),
    )
  })
})
