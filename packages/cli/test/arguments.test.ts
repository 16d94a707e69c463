import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { complete, placeFlags } from '../src/args/complete.js'
import { parseArguments } from '../src/args/parse-arguments.js'
import { helpWidth, renderHelp } from '../src/args/render-help.js'
import { COMMANDS } from '../src/commands/all.js'
import { CliError } from '../src/errors.js'

const words = (line: string) => line.split(' ').filter((word) => word !== '')
const parse = (line: string) => parseArguments(words(line), COMMANDS)

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
    ['model withdraw run-1', 'missing_argument'],
    ['model set-active --model-id a --expect-revision -1', 'invalid_value'],
    ['model set-active --model-id a --expect-revision 1e3', 'invalid_value'],
    ['model set-active --model-id a --expect-revision 0x10', 'invalid_value'],
    ['model set-active --model-id a --expect-revision=', 'missing_value'],
    ['model set-active --model-id a --expect-revision --force', 'missing_value'],
    ['completion fish', 'invalid_value'],
    ['model rollback --to 0', 'invalid_value'],
    ['model rollback --to 99999999999999999999', 'invalid_value'],
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
          expect(error).toBeInstanceOf(CliError)
        }
      }),
    )
  })
})

describe('help', () => {
  const paths = [[], ...COMMANDS.map(({ path }) => path), ...new Set(COMMANDS.map(({ path }) => [path[0]]))]
  const help = (line: string, columns?: number) => {
    const request = parseArguments(words(line), COMMANDS)
    return request.kind === 'help' ? renderHelp(request.path, COMMANDS, columns) : `no help: ${request.kind}`
  }

  it.each(paths.map((path) => [path.join(' ')]))(
    'fits the terminal and has an example: taskclf %s --help',
    (name) => {
      for (const columns of [80, 99, 100, 200]) {
        const text = help(`${name} --help`, columns)
        expect(text).toMatch(/Examples:\n {2}# .+\n {2}taskclf /)
        for (const line of text.split('\n'))
          expect(line.length, line).toBeLessThanOrEqual(columns < 100 ? 80 : 100)
      }
    },
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

  it('describes every flag and word, and what they accept', () => {
    for (const { path, flags, words = [], summary } of COMMANDS) {
      const text = help(`${path.join(' ')} --help`, 100)
      const flat = text.replace(/\s+/g, ' ')
      expect(flat).toContain(summary)
      for (const [name, { choices = [], required = false }] of Object.entries(flags)) {
        expect(text, name).toMatch(new RegExp(`^ +--${name} `, 'm'))
        for (const choice of choices) expect(text).toContain(choice)
        if (required) expect(flat).toContain('(required)')
      }
      for (const { name } of words) expect(text).toContain(name)
      expect(text).toContain('--models-dir')
    }
    for (const { path } of COMMANDS) expect(help('--help')).toContain(path.at(-1))
  })

  it('has --json for every command but the one whose answers are a stream', () => {
    const without = COMMANDS.filter(({ path }) => !/ --json /.test(help(`${path.join(' ')} --help`)))
    expect(without.map(({ path }) => path.join(' '))).toEqual(['infer online'])
    // Taken all the same, and refused by the command, which can say why.
    expect(parse('infer online --json')).toMatchObject({ options: { json: true } })
  })

  it('is also reached by taskclf help, by -h, and by help as the last word', () => {
    const select = help('model select --help')
    expect(select).toContain('taskclf model select')
    for (const line of [
      'help model select',
      'model select -h',
      'model select --json -h',
      'model select help',
    ]) {
      expect(help(line)).toBe(select)
    }
    expect(help('help')).toBe(help('--help'))
    expect(help('help model')).toBe(help('model --help'))
  })

  it('refuses to help with a command that is not there', () => {
    for (const line of ['trian --help', 'help train lits', 'train lits -h'])
      expect(codeOf(line)).toBe('unknown_command')
  })

  it('gives examples that the command takes', () => {
    for (const { path, examples } of COMMANDS) {
      for (const [line] of examples) {
        const words = line.replace(/^.* \| /, '').match(/"[^"]*"|'[^']*'|\S+/g) ?? []
        const end = words.findIndex((word) => ['>', '>>', '2>', '<', '&&'].includes(word))
        const own = end === -1 ? words : words.slice(0, end)
        const given = own.map((word) => word.replace(/^(["'])(.*)\1$/, '$2'))
        expect(parseArguments(given.slice(1), COMMANDS), line).toMatchObject({
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
  const places = (dir?: string, families: string[] = []) => ({ modelsDir: () => dir, families })
  const offer = (...words: string[]) => complete(words, COMMANDS, places())

  it('offers groups, verbs, flags and choices', () => {
    expect(offer('')).toEqual([...new Set(COMMANDS.map(({ path }) => path[0]))].sort())
    expect(offer('mod')).toEqual(['model'])
    expect(offer('model', 's')).toEqual(['select', 'self-test', 'set-active'])
    expect(offer('train', 'list', '--so')).toEqual(['--sort'])
    expect(offer('train', 'list', '--sort', 'w')).toEqual(['weighted_f1'])
    expect(offer('train', 'list', '--policy', '')).toEqual(['classification', 'default', 'latest', 'ungated'])
    expect(offer('policy', 'show', 'u')).toEqual(['ungated'])
    expect(offer('completion', '')).toEqual(['bash', 'zsh'])
    expect(offer('train', 'list', '--')).toEqual(expect.arrayContaining(['--all', '--json', '--help']))
  })

  it('offers descriptions to zsh', () => {
    const described = (...words: string[]) => complete(words, COMMANDS, places(), true)
    expect(described('train', 'list', '--al')).toEqual([expect.stringMatching(/^--all:.+/)])
    expect(described('model', 'sele')).toEqual([expect.stringMatching(/^select:.+/)])
  })

  it('takes the models dir, the family and the configuration from the line', () => {
    const line = ['model', 'inspect', '--models-dir', 'a', '--model=churn', '--config', 'c.json', '']
    expect(placeFlags(line)).toEqual({ 'models-dir': 'a', model: 'churn', config: 'c.json' })
    const open = { 'models-dir': undefined, model: undefined, config: undefined }
    expect(placeFlags(['model', 'inspect', '--model', 'ch'])).toEqual(open)
  })

  it('offers the families of the configuration', () => {
    const families = ['churn', 'upsell']
    expect(complete(['train', 'list', '--model', ''], COMMANDS, places(undefined, families))).toEqual(
      families,
    )
    expect(complete(['train', 'list', '--model', 'c'], COMMANDS, places(undefined, families))).toEqual([
      'churn',
    ])
  })

  it('offers nothing where files or nothing fits', () => {
    expect(offer('train', 'list', '--config', '')).toEqual([])
    expect(offer('policy', 'check', '')).toEqual([])
    expect(offer('nothing', 'like', '')).toEqual([])
    expect(complete(['model', 'inspect', ''], COMMANDS, places('/does/not/exist'))).toEqual([])
  })
})
