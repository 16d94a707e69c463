import { readdirSync } from 'node:fs'
import type { Declaration, Flags } from './declaration.js'
import { GLOBAL_FLAGS } from './global-flags.js'
import { scanLine } from './scan-line.js'

/** What could be in a place, each with what it means where that is worth saying. */
type Offer = Readonly<Record<string, string>>

/** What is known of the place that can be offered. */
export interface CompletionPlaces {
  modelsDir(): string | undefined
  families: readonly string[]
  policies: readonly string[]
}

/** The flags on which these depend, as far as the line has them. */
export function placeFlags(
  words: readonly string[],
): Record<'models-dir' | 'model' | 'config', string | undefined> {
  const { given } = scanLine(words.slice(0, -1), GLOBAL_FLAGS)
  const textOf = (flag: string) => given.get(flag)?.find((value) => value !== true)
  return { 'models-dir': textOf('models-dir'), model: textOf('model'), config: textOf('config') }
}

/**
 * What could take the place of the last word; nothing means that the shell may offer files.
 *
 * @param described whether each comes with its description after a colon, as zsh takes it
 */
export function complete(
  words: readonly string[],
  commands: readonly Declaration[],
  places: CompletionPlaces,
  described = false,
): string[] {
  const current = words.at(-1) ?? ''
  const offer = offerOf(words.slice(0, -1), current, commands, places)
  return Object.entries(offer)
    .filter(([word]) => word.startsWith(current))
    .map(([word, what]) => (described && what !== '' ? `${word}:${what}` : word))
    .sort()
}

function offerOf(
  before: readonly string[],
  current: string,
  commands: readonly Declaration[],
  places: CompletionPlaces,
): Offer {
  const command = commands.find(({ path }) => path.every((word, i) => word === before[i]))
  const flags: Flags = { ...command?.flags, ...GLOBAL_FLAGS }
  const { words, lacking } = scanLine(before, flags)
  const [asking] = lacking
  if (asking !== undefined) return plain(valuesOf(asking, flags[asking]?.choices, places))
  if (current.startsWith('-')) return flagOffer(flags)
  if (command === undefined) return nextWords(words, commands)
  const slots = command.words ?? []
  const slot = slots[words.length - command.path.length] ?? slots.find(({ arity }) => arity === 'many')
  return slot === undefined ? {} : plain(valuesOf(slot.name, slot.choices, places))
}

function nextWords(words: readonly string[], commands: readonly Declaration[]): Offer {
  const within = commands.filter(({ path }) => words.every((word, i) => word === path[i]))
  const entries = within.flatMap(({ path, summary }) => {
    const next = path[words.length]
    return next === undefined ? [] : [[next, path.length === words.length + 1 ? summary : '']]
  })
  return Object.fromEntries(entries)
}

function flagOffer(flags: Flags): Offer {
  const entries = Object.entries(flags).map(([name, { describe }]) => [`--${name}`, describe])
  return { ...Object.fromEntries(entries), '--help': 'Show this help' }
}

const NAMES_A_MODEL = ['model-id', 'ID', 'MODEL_ID', 'ID|REVISION', 'ONE', 'OTHER']

function valuesOf(
  name: string,
  choices: readonly string[] = [],
  { modelsDir, families, policies }: CompletionPlaces,
): readonly string[] {
  if (NAMES_A_MODEL.includes(name)) return modelIds(modelsDir())
  if (name === 'model') return families
  if (name === 'policy' || name === 'FILE|PRESET') return policies
  return choices
}

const plain = (words: readonly string[]): Offer => Object.fromEntries(words.map((word) => [word, '']))

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
