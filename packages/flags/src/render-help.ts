import { displayWidth } from '@taskclf/terminal'
import type { Declaration, Flag, Flags, Positional } from './declaration.js'
import { GLOBAL_FLAGS } from './global-flags.js'

/** What the help on the whole program says of it: before its commands, and after everything. */
export interface AboutProgram {
  about: string
  end: string
}

/** A name and what is to be said of it, in two columns. */
type Row = readonly [name: string, text: string]

/** A block of the help: a sentence, or rows under a title. */
type Block = string | { title: string; rows: readonly Row[] }

/** The help on a command, a group or, for no words, the program; set to the width of the terminal. */
export function renderHelp(
  path: readonly string[],
  commands: readonly Declaration[],
  { about, end }: AboutProgram,
  columns: number | undefined,
): string {
  const within = commands.filter((one) => path.every((word, i) => word === one.path[i]))
  const [only] = within
  const command = only?.path.length === path.length ? only : undefined
  const examples = command
    ? command.examples
    : within.filter(isFirstOf(path)).flatMap((one) => one.examples.slice(0, 1))
  const blocks = [
    ...(command
      ? aboutCommand(command)
      : [
          ...(path.length === 0 ? [about] : []),
          usage(path),
          { title: 'Commands:', rows: commandRows(path, within) },
        ]),
    { title: 'Global flags:', rows: [...flagRows(globalFlags(command)), ...COMMON] },
    {
      title: 'Examples:',
      rows: examples.flatMap(([line, what]): Row[] => [
        [`# ${what}`, ''],
        [line, ''],
      ]),
    },
    ...(path.length === 0 ? [end] : []),
  ]
  const width = helpWidth(columns)
  return `${blocks.map((block) => blockText(block, width)).join('\n\n')}\n`
}

/** 100 columns or 80, whatever more a terminal has; a narrow one gets its own. */
export function helpWidth(columns = 100): number {
  return [100, 80].find((width) => width <= columns) ?? columns
}

const COMMON: readonly Row[] = [
  ['  -h, --help', 'Show this help; of a command with taskclf GROUP VERB --help'],
  ['      --version', 'Show the version'],
]

const usage = ([group = 'GROUP']: readonly string[]) => `Usage: taskclf ${group} VERB [flags]`

function aboutCommand({ path, words = [], summary, flags }: Declaration): Block[] {
  const rows = words.map(({ name, describe }): Row => [`  ${name}`, describe])
  return [
    `Usage: ${['taskclf', ...path, ...words.map(spelled), '[flags]'].join(' ')}`,
    summary,
    ...(Object.keys(flags).length > 0 ? [{ title: 'Flags:', rows: flagRows(flags) }] : []),
    ...(rows.length > 0 ? [{ title: 'Positionals:', rows }] : []),
  ]
}

/** The groups, each with its verbs; of a group its verbs, each with what it does. */
function commandRows(path: readonly string[], within: readonly Declaration[]): Row[] {
  return within.filter(isFirstOf(path)).map((one) => {
    const [group] = one.path
    if (path.length > 0 || one.path.length === 1)
      return [`  ${['taskclf', ...one.path].join(' ')}`, one.summary]
    const verbs = within.flatMap((other) => (other.path[0] === group ? [other.path[1]] : []))
    return [`  taskclf ${group}`, verbs.join(', ')]
  })
}

/** Of the program the first command of each group, of a group every one. */
const isFirstOf = (path: readonly string[]) => (one: Declaration, i: number, all: readonly Declaration[]) =>
  path.length > 0 || all.findIndex((other) => other.path[0] === one.path[0]) === i

function globalFlags(command: Declaration | undefined): Flags {
  // A command's own flag of that name is what is read there.
  const shown = Object.entries(GLOBAL_FLAGS).filter(
    ([name]) => !(name === 'json' && command?.hasNoJson) && !Object.hasOwn(command?.flags ?? {}, name),
  )
  return Object.fromEntries(shown)
}

function flagRows(flags: Flags): Row[] {
  return Object.entries(flags).map(([name, flag]) => [`      --${name}`, described(flag)])
}

function described({ type, value, choices, describe, required }: Flag): string {
  const form = type === 'boolean' ? undefined : (choices?.join('|') ?? value)
  return `${form === undefined ? '' : `${form}: `}${describe}${required ? ' (required)' : ''}`
}

function spelled({ name, arity }: Positional): string {
  if (arity === 'one') return name
  return arity === 'many' ? `[${name}…]` : `[${name}]`
}

function blockText(block: Block, width: number): string {
  if (typeof block === 'string') return wrapped(block, width).join('\n')
  const left = Math.max(...block.rows.map(([name]) => name.length)) + 2
  const lines = block.rows.flatMap(([name, text]) =>
    text === ''
      ? wrapped(name, width - 2).map((line) => `  ${line}`)
      : wrapped(text, width - left).map((line, i) => `${(i === 0 ? name : '').padEnd(left)}${line}`),
  )
  return [block.title, ...lines].join('\n')
}

/** Lines of at most `width` columns, broken between words. */
function wrapped(text: string, width: number): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line === '') lines[lines.length - 1] = word
    else if (displayWidth(`${line} ${word}`) <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}
