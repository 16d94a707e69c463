import { FlagsError, parseArguments } from '@taskclf/flags'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../src/commands/all.js'
import { helpOn } from '../src/help-on.js'
import type { Io } from '../src/io.js'
import { offer } from '../src/offer.js'

const words = (line: string) => line.split(' ').filter((word) => word !== '')
const parse = (line: string) => parseArguments(words(line), COMMANDS)

describe('help', () => {
  const paths = [[], ...COMMANDS.map(({ path }) => path), ...new Set(COMMANDS.map(({ path }) => [path[0]]))]
  const help = (line: string, columns?: number) => {
    const request = parseArguments(words(line), COMMANDS)
    return request.kind === 'help' ? helpOn(request.path, COMMANDS, columns) : `no help: ${request.kind}`
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
      expect(() => parse(line)).toThrow(FlagsError)
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

it('completes groups, verbs and policies', async () => {
  const offered = async (...words: string[]) => {
    const out: string[] = []
    const stream = { write: (text: string) => out.push(text) }
    const io = { stdout: stream, stderr: stream, env: {}, cwd: '/', now: () => new Date(0) } as unknown as Io
    await offer(words, io, COMMANDS)
    return out.join('').trimEnd().split('\n')
  }
  expect(await offered('')).toEqual([...new Set(COMMANDS.map(({ path }) => path[0]))].sort())
  expect(await offered('model', 's')).toEqual(['select', 'self-test', 'set-active'])
  const presets = ['classification', 'default', 'latest', 'ungated']
  expect(await offered('train', 'list', '--policy', '')).toEqual(presets)
})
