import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { complete } from '../src/args/complete.js'
import { helpText } from '../src/args/help.js'
import { parseArguments } from '../src/args/parse-arguments.js'
import { COMMANDS } from '../src/commands/all.js'
import { CliError } from '../src/errors.js'
import { nearest } from '../src/nearest.js'

const parse = (line: string) =>
  parseArguments(
    line.split(' ').filter((word) => word !== ''),
    COMMANDS,
  )

function codeOf(line: string): string {
  try {
    parse(line)
    return 'parsed'
  } catch (error) {
    if (error instanceof CliError) return error.code
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
    ['', 'missing_command'],
    ['--json train list', 'missing_command'],
    ['train', 'missing_command'],
    ['trian list', 'unknown_command'],
    ['train lits', 'unknown_command'],
    ['help trian', 'unknown_command'],
    ['train list --srot macro_f1', 'unknown_flag'],
    ['train list -x', 'unknown_flag'],
    ['train list --toString', 'unknown_flag'],
    ['train list --__proto__=1', 'unknown_flag'],
    ['train list --sort', 'missing_value'],
    ['train list --sort=', 'missing_value'],
    ['train list --models-dir --all', 'missing_value'],
    ['train list --sort accuracy', 'invalid_value'],
    ['train list --all=false', 'invalid_value'],
    ['train list --sort macro_f1 --sort macro_f1', 'repeated_flag'],
    ['train list extra', 'unexpected_argument'],
    ['model inspect', 'missing_argument'],
    ['model inspect a b', 'unexpected_argument'],
    ['model set-active', 'missing_argument'],
    ['model set-active --model-id a --expect-revision -1', 'invalid_value'],
    ['model set-active --model-id a --expect-revision 1e3', 'invalid_value'],
    ['model rollback --to 0', 'invalid_value'],
    ['model rollback --to 99999999999999999999', 'invalid_value'],
    ['model verify a b c', 'parsed'],
    ['policy show', 'parsed'],
  ])('taskclf %s: %s', (line, code) => {
    expect(codeOf(line)).toBe(code)
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
    expect(nearest('zzzzzz', ['train', 'model'])).toBeUndefined()
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
          expect(error).toBeInstanceOf(CliError)
        }
      }),
    )
  })
})

describe('help', () => {
  const paths = [[], ...COMMANDS.map(({ path }) => path), ['model'], ['policy']]

  it.each(paths.map((path) => [path.join(' ')]))(
    'taskclf %s --help: an example, and fits 80 columns',
    (name) => {
      const path = name.split(' ').filter((word) => word !== '')
      expect(parse(`${name} --help`)).toEqual({ kind: 'help', path })
      const text = helpText(path, COMMANDS, 80)
      expect(text).toMatch(/Examples:\n {2}# .+\n {2}taskclf /)
      const prose = text.split('\n').filter((line) => !/^ {2}(taskclf|#)|^Exit codes/.test(line))
      for (const line of prose) expect(line.length, line).toBeLessThanOrEqual(112)
    },
  )

  it('is also reached by taskclf help and -h', () => {
    expect(parse('help model select')).toEqual({ kind: 'help', path: ['model', 'select'] })
    expect(parse('model select -h')).toEqual({ kind: 'help', path: ['model', 'select'] })
    expect(parse('help')).toEqual({ kind: 'help', path: [] })
    expect(parse('model --help')).toEqual({ kind: 'help', path: ['model'] })
  })

  it('gives examples that the command takes', () => {
    for (const { path, examples } of COMMANDS) {
      for (const [line] of examples) {
        const words = (line.replace(/ >>? .*/, '').match(/"[^"]*"|\S+/g) ?? []).map((word) =>
          word.replaceAll('"', ''),
        )
        expect(parseArguments(words.slice(1), COMMANDS), line).toMatchObject({
          kind: 'run',
          command: { path },
        })
      }
    }
  })

  it('answers --version', () => {
    expect(parse('--version')).toEqual({ kind: 'version', json: false })
    expect(parse('--version --json')).toEqual({ kind: 'version', json: true })
  })
})

describe('completion', () => {
  const offer = (...words: string[]) => complete(words, COMMANDS, () => undefined)

  it('offers groups, verbs, flags and choices', () => {
    expect(offer('')).toEqual(['completion', 'doctor', 'infer', 'model', 'policy', 'train'])
    expect(offer('mod')).toEqual(['model'])
    expect(offer('model', 's')).toEqual(['select', 'set-active'])
    expect(offer('train', 'list', '--so')).toEqual(['--sort'])
    expect(offer('train', 'list', '--sort', 'w')).toEqual(['weighted_f1'])
    expect(offer('train', 'list', '--policy', '')).toEqual(['default', 'ungated'])
    expect(offer('policy', 'show', 'u')).toEqual(['ungated'])
  })

  it('offers nothing where files or nothing fits', () => {
    expect(offer('train', 'list', '--config', '')).toEqual([])
    expect(offer('policy', 'check', '')).toEqual([])
    expect(offer('nothing', 'like', '')).toEqual([])
    expect(complete(['model', 'inspect', ''], COMMANDS, () => '/does/not/exist')).toEqual([])
  })
})
