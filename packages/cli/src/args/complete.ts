import { readdirSync } from 'node:fs'
import { POLICY_PRESETS } from '@taskclf/selection-policy'
import type { AnyCommand, Flag, Flags } from '../command.js'
import { GLOBAL_FLAGS } from './global-flags.js'

/** What could stand in place of the last word; nothing means that the shell may offer files. */
export function complete(
  words: readonly string[],
  commands: readonly AnyCommand[],
  modelsDir: (given: string | undefined) => string | undefined,
): string[] {
  const current = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const models = () => modelIds(modelsDir(valueAfter(before, '--models-dir')))
  return candidates(before, current, commands, models)
    .filter((word) => word.startsWith(current))
    .sort()
}

function candidates(
  before: readonly string[],
  current: string,
  commands: readonly AnyCommand[],
  models: () => string[],
): string[] {
  const command = commands.find(({ path }) => path.every((word, i) => word === before[i]))
  if (command === undefined) {
    const [group, ...more] = before
    if (group === undefined) return [...new Set(commands.map(({ path }) => path[0]))]
    if (more.length > 0) return []
    return commands.flatMap(({ path }) => (path[0] === group && path[1] !== undefined ? [path[1]] : []))
  }
  const flags: Flags = { ...GLOBAL_FLAGS, ...command.flags }
  const last = before.at(-1) ?? ''
  const flag = last.startsWith('--') && Object.hasOwn(flags, last.slice(2)) ? flags[last.slice(2)] : undefined
  if (flag !== undefined && flag.type !== 'boolean') return valuesOf(last.slice(2), flag, models)
  if (current.startsWith('-')) return Object.keys(flags).map((name) => `--${name}`)
  const [slot] = command.words ?? []
  if (slot?.name === 'MODEL_ID') return models()
  return slot?.name === 'FILE|PRESET' ? Object.keys(POLICY_PRESETS) : []
}

function valuesOf(name: string, flag: Flag, models: () => string[]): string[] {
  if (name === 'model-id') return models()
  if (name === 'policy') return Object.keys(POLICY_PRESETS)
  return [...(flag.choices ?? [])]
}

function valueAfter(words: readonly string[], flag: string): string | undefined {
  const at = words.lastIndexOf(flag)
  return at === -1 ? undefined : words[at + 1]
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
    // No models dir, nothing to offer; pressing TAB is no occasion for an error.
    return []
  }
}
