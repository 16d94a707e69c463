// No library: the declarations of the commands are ours.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { slug } from 'github-slugger'
import { EXIT_MEANINGS } from './exit-meanings.mjs'
import { generated, table } from './markdown.mjs'

const schemas = fileURLToPath(new URL('../../packages/cli/schemas', import.meta.url))

/** The command line, from the declarations of its commands. */
export function cliPage({ COMMANDS, GLOBAL_FLAGS }) {
  return [
    generated('Commands', "the commands' declarations (packages/cli/src/commands)"),
    'Data on stdout, everything else on stderr. `--json` prints one document, `{ "version": 1, … }`, also when there is nothing to list, and',
    'also for errors ([all codes](errors.md)).',
    '',
    table(
      ['command', 'does'],
      COMMANDS.map((command) => [
        `[\`${nameOf(command)}\`](#${anchorOf(command)})`,
        escaped(command.summary),
      ]),
    ),
    '',
    '## Flags of every command',
    '',
    flagTable(GLOBAL_FLAGS),
    '',
    ...COMMANDS.flatMap(section),
    '## Exit codes',
    '',
    table(['code', 'means'], EXIT_MEANINGS),
    '',
  ].join('\n')
}

const nameOf = ({ path }) => path.join(' ')
const anchorOf = ({ path }) => path.join('-')
const spelled = ({ name, arity }) => ({ one: name, optional: `[${name}]`, many: `[${name}…]` })[arity]

function section(command) {
  const { path, summary, words = [], flags, examples } = command
  const usage = ['taskclf', ...path, ...words.map(spelled), '[flags]'].join(' ')
  const lines = [`## ${nameOf(command)}`, '', `${escaped(summary)}.`, '', `    ${usage}`, '']
  if (words.length > 0) {
    lines.push(
      table(
        ['word', ''],
        words.map((word) => [`\`${word.name}\``, withChoices(word)]),
      ),
      '',
    )
  }
  if (Object.keys(flags).length > 0) lines.push(flagTable(flags), '')
  lines.push('```sh', ...examples.flatMap(([line, what]) => [`# ${what}`, line]), '```', '')
  const schema = `${anchorOf(command)}.v1.json`
  if (existsSync(join(schemas, schema))) {
    lines.push(`With \`--json\`: [\`taskclf/schemas/${schema}\`](schemas.md#${slug(schema)}).`, '')
  }
  return lines
}

function flagTable(flags) {
  return table(
    ['flag', ''],
    Object.entries(flags).map(([name, flag]) => [
      `\`--${name}${flag.type === 'boolean' ? '' : ` ${flag.value ?? placeholder(flag)}`}\``,
      `${withChoices(flag)}${flag.required ? ' (required)' : ''}${flag.type === 'list' ? ' (repeatable)' : ''}`,
    ]),
  )
}

const placeholder = ({ type, choices }) => choices?.join('|') ?? (type === 'integer' ? 'N' : 'TEXT')

const escaped = (text) => text.replaceAll('<', '&lt;')

function withChoices({ describe, choices }) {
  const text = escaped(describe)
  return choices === undefined ? text : `${text}: ${choices.map((choice) => `\`${choice}\``).join(', ')}`
}
