import { readdirSync } from 'node:fs'
import { POLICY_PRESETS } from '@taskclf/selection-policy'
import type { AnyCommand, Flag, Positional } from '../command.js'
import { buildProgram } from './build-program.js'
import { leadsTo } from './leads-to.js'

/**
 * What could stand in place of the last word; nothing means that the shell may offer files. For zsh, which yargs knows by SHELL,
 * each comes with its description after a colon.
 */
export function complete(
  words: readonly string[],
  commands: readonly AnyCommand[],
  modelsDir: (given: string | undefined) => string | undefined,
): string[] {
  const current = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const firstFlag = before.findIndex((word) => word.startsWith('-'))
  if (!leadsTo(firstFlag === -1 ? before : before.slice(0, firstFlag), commands)) return []
  const models = () => modelIds(modelsDir(valueAfter(before, '--models-dir')))
  return yargsCompletions(words, commands, (name, slot) => offered(name, slot, models))
    .filter((word) => word.startsWith(current) && word.startsWith('-') === current.startsWith('-'))
    .sort()
}

function yargsCompletions(
  words: readonly string[],
  commands: readonly AnyCommand[],
  offer: (name: string, slot: Flag | Positional) => readonly string[],
): string[] {
  let said = ''
  const program = buildProgram(commands, { columns: undefined, chosen: () => {}, offered: offer })
  try {
    // It calls back once for each level of commands; only the innermost has something to say.
    program.parse(['--get-yargs-completions', 'taskclf', ...words], {}, (_error, _given, output: string) => {
      said ||= output
    })
  } catch {
    // An unfinished line is refused, as it should be; pressing TAB is no occasion for an error.
  }
  return said === '' ? [] : said.split('\n')
}

function offered(name: string, slot: Flag | Positional, models: () => string[]): readonly string[] {
  if (name === 'model-id' || name === 'MODEL_ID') return models()
  if (name === 'policy' || name === 'FILE|PRESET') return Object.keys(POLICY_PRESETS)
  return slot.choices ?? []
}

function valueAfter(words: readonly string[], flag: string): string | undefined {
  const at = words.findLastIndex((word) => word === flag || word.startsWith(`${flag}=`))
  const word = words[at]
  return word === flag ? words[at + 1] : word?.slice(flag.length + 1)
}

/** Directory names that need no quoting; whether they are bundles is not worth reading them for. */
function modelIds(modelsDir: string | undefined): string[] {
  if (modelsDir === undefined) return []
  try {
    const entries = readdirSync(modelsDir, { withFileTypes: true })
    return entries
      .filter((entry) => entry.isDirectory() && /^[\w][\w.-]*$/.test(entry.name))
      .map(({ name }) => name)
  } catch {
    // No models dir, nothing to offer.
    return []
  }
}
