import type { AnyCommand, Flags, Positional } from '../command.js'
import { GLOBAL_FLAGS } from './global-flags.js'

const ABOUT = 'taskclf: which model serves, and why. Works on a directory of model bundles.'
const MORE =
  'Exit codes: 0 done · 1 the answer is no · 2 wrong usage · 3 environment failed · 4 conflict · 70 our bug'

/** The help of everything (`[]`), of a group, or of a command, at most `columns` wide. */
export function helpText(
  path: readonly string[],
  commands: readonly AnyCommand[],
  columns: number | undefined,
): string {
  const width = Math.min(columns ?? 100, 110)
  const command = commands.find(
    (one) => one.path.length === path.length && one.path.every((word, i) => word === path[i]),
  )
  const parts = command === undefined ? overview(path, commands, width) : commandHelp(command, width)
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function overview(path: readonly string[], commands: readonly AnyCommand[], width: number): string[] {
  const shown = commands.filter((command) => path.length === 0 || command.path[0] === path[0])
  const rows = shown.map((command) => [command.path.join(' '), command.summary] as const)
  const examples = shown.flatMap((command) => command.examples.slice(0, 1))
  return [
    path.length === 0 ? ABOUT : '',
    `Usage: taskclf ${path.length === 0 ? 'GROUP VERB' : `${path[0]} VERB`} [flags]`,
    section('Commands', rows, width),
    section('Global flags', flagRows(GLOBAL_FLAGS), width),
    exampleSection(path.length === 0 ? examples.slice(0, 5) : examples),
    'taskclf GROUP VERB --help tells more of a command.',
    path.length === 0 ? MORE : '',
  ]
}

function commandHelp(command: AnyCommand, width: number): string[] {
  const words = command.words ?? []
  const usage = ['taskclf', ...command.path, ...words.map(spelled), '[flags]'].join(' ')
  const wordRows = words.map((word) => [word.name, word.describe] as const)
  const globals = Object.fromEntries(
    Object.entries(GLOBAL_FLAGS).filter(([name]) => !Object.hasOwn(command.flags, name)),
  )
  return [
    `Usage: ${usage}`,
    command.summary,
    section('Words', wordRows, width),
    section('Flags', flagRows(command.flags), width),
    section('Global flags', flagRows(globals), width),
    exampleSection(command.examples),
  ]
}

function spelled({ name, arity }: Positional): string {
  if (arity === 'one') return name
  return arity === 'many' ? `[${name}…]` : `[${name}]`
}

function flagRows(flags: Flags): (readonly [string, string])[] {
  return Object.entries(flags).map(([name, flag]) => {
    const value = flag.type === 'boolean' ? '' : ` ${flag.value ?? flag.choices?.join('|') ?? 'VALUE'}`
    return [`--${name}${value}`, flag.required ? `${flag.describe} (required)` : flag.describe]
  })
}

function exampleSection(examples: AnyCommand['examples']): string {
  if (examples.length === 0) return ''
  const lines = examples.map(([line, what]) => `  # ${what}\n  ${line}`)
  return `Examples:\n${lines.join('\n')}`
}

function section(title: string, rows: readonly (readonly [string, string])[], width: number): string {
  if (rows.length === 0) return ''
  const left = Math.min(Math.max(...rows.map(([name]) => name.length)), 30) + 4
  const lines = rows.map(([name, what]) => {
    const wrapped = wrap(what, Math.max(width - left, 24)).join(`\n${' '.repeat(left)}`)
    // A name too long for its column takes a line of its own.
    const gap = name.length + 4 > left ? `\n${' '.repeat(left)}` : ' '.repeat(left - name.length - 2)
    return `  ${name}${gap}${wrapped}`
  })
  return `${title}:\n${lines.join('\n')}`
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
