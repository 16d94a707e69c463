import { FlagsError, parseArguments } from '@taskclf/flags'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from './support/commands.js'

const words = (line: string) => line.split(' ').filter((word) => word !== '')
const parse = (line: string) => parseArguments(words(line), COMMANDS)

function codeOf(line: string): string {
  try {
    parse(line)
    return 'parsed'
  } catch (error) {
    if (error instanceof FlagsError) return error.code
    throw error
  }
}

describe('the command line', () => {
  it('reads flags before and after words, with = or without', () => {
    const request = parse('model inspect --models-dir=a/b run-1 --json --schema-hash x --schema-hash=y')
    expect(request).toMatchObject({
      kind: 'run',
      command: { path: ['model', 'inspect'] },
      options: {
        words: ['run-1'],
        'models-dir': 'a/b',
        json: true,
        debug: false,
        'schema-hash': ['x', 'y'],
        policy: undefined,
      },
    })
  })

  it('takes everything after -- as words', () => {
    expect(parse('model inspect -- --json')).toMatchObject({ options: { words: ['--json'], json: false } })
  })

  it.each([
    ['--json train list', 'missing_command'],
    ['train', 'missing_command'],
    ['trian list', 'unknown_command'],
    ['train lits', 'unknown_command'],
    ['help trian', 'unknown_command'],
    ['train list --srot macro_f1', 'unknown_flag'],
    ['train list -x', 'unknown_flag'],
    ['train list --toString', 'unknown_flag'],
    ['train list --constructor', 'unknown_flag'],
    ['train list --__proto__=1', 'unknown_flag'],
    ['toString', 'unknown_command'],
    ['train constructor', 'unknown_command'],
    ['train list --_=x', 'unknown_flag'],
    ['train list --$0=x', 'unknown_flag'],
    ['train list --show-hidden', 'unknown_flag'],
    ['train list --no-json', 'unknown_flag'],
    ['train list --modelsDir x', 'unknown_flag'],
    ['train list --models-dir.x y', 'unknown_flag'],
    ['train list -json', 'unknown_flag'],
    ['train list --all --no-color=false', 'invalid_value'],
    ['train list --all true', 'unexpected_argument'],
    ['train list --sort', 'missing_value'],
    ['train list --sort=', 'missing_value'],
    ['train list --models-dir --all', 'missing_value'],
    ['train list --sort accuracy', 'invalid_value'],
    ['train list --all=false', 'invalid_value'],
    ['train list --sort macro_f1 --sort macro_f1', 'repeated_flag'],
    ['train list extra', 'unexpected_argument'],
    ['model inspect', 'missing_argument'],
    ['model inspect a b', 'unexpected_argument'],
    ['model set-active --note x', 'missing_argument'],
    ['model set-active --model-id a --expect-revision -1', 'invalid_value'],
    ['model set-active --model-id a --expect-revision 1e3', 'invalid_value'],
    ['model set-active --model-id a --expect-revision 0x10', 'invalid_value'],
    ['model set-active --model-id a --expect-revision=', 'missing_value'],
    ['model set-active --model-id a --expect-revision --force', 'missing_value'],
    ['completion fish', 'invalid_value'],
    ['model verify --to 0', 'invalid_value'],
    ['model verify --to 10', 'invalid_value'],
    ['model verify --to 99999999999999999999', 'invalid_value'],
    ['model verify a b c', 'parsed'],
    ['policy show', 'parsed'],
  ])('refuses taskclf %s: %s', (line, code) => {
    expect(codeOf(line)).toBe(code)
  })

  it('accepts a value as it is', () => {
    const { options } = parse(
      `model set-active --model-id=007 --note="a=b" --actor - --expect-revision 010`,
    ) as {
      options: unknown
    }
    expect(options).toMatchObject({ 'model-id': '007', note: '"a=b"', actor: '-', 'expect-revision': 10 })
    expect(parse('model set-active --model-id=--force --note=true')).toMatchObject({
      options: { 'model-id': '--force', note: 'true', force: false },
    })
    expect(parse('model verify 1e3 0x10 -- -1 --')).toMatchObject({
      options: { words: ['1e3', '0x10', '-1', '--'] },
    })
  })

  it('names the nearest known word', () => {
    const messages = ['trian list', 'train lits', 'train list --srot a'].map((line) => {
      try {
        parse(line)
      } catch (error) {
        return (error as Error).message
      }
      return ''
    })
    expect(messages).toEqual([
      expect.stringContaining('train'),
      expect.stringContaining('list'),
      expect.stringContaining('--sort'),
    ])
  })

  it('either parses or refuses with a code, whatever it is given', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'train',
        'list',
        'model',
        'inspect',
        '--json',
        '--sort',
        '--',
        '-',
        '--help',
        '--to',
        '3',
      ),
      fc.string({ unit: 'binary', maxLength: 12 }),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (argv) => {
        try {
          expect(['run', 'help', 'version']).toContain(parseArguments(argv, COMMANDS).kind)
        } catch (error) {
          expect(error).toBeInstanceOf(FlagsError)
        }
      }),
    )
  })
})
