import type { AnyCommand, Flags, GlobalOptions, ParsedOptions } from '../command.js'
import { GLOBAL_FLAGS } from './global-flags.js'
import { readOptions } from './read-options.js'

/**
 * The options of a line that names this command and only flags of it, as {@link parseArguments} would give them; undefined for
 * every line that the whole program must judge: another command, a word too many, a flag unknown, repeated, or without its value.
 *
 * @param taken the flags that are taken here, of the command and of all
 */
export function plainOptions(
  argv: readonly string[],
  { path, flags }: Pick<AnyCommand, 'path' | 'flags'>,
  taken: Flags = { ...flags, ...GLOBAL_FLAGS },
): (ParsedOptions & GlobalOptions) | undefined {
  if (path.some((word, i) => argv[i] !== word)) return undefined
  const given: Record<string, string | string[] | true> = {}
  for (let i = path.length; i < argv.length; i++) {
    const [, name = '', inline] = /^--([a-z-]+)(?:=([\s\S]+))?$/.exec(argv[i] ?? '') ?? []
    const flag = Object.hasOwn(taken, name) ? taken[name] : undefined
    if (flag === undefined) return undefined
    if (flag.type === 'boolean') {
      if (inline !== undefined) return undefined
      given[name] = true
      continue
    }
    const text = inline ?? argv[++i]
    if (text === undefined || text === '' || (inline === undefined && text.startsWith('-'))) return undefined
    const before = given[name]
    if (before !== undefined && flag.type !== 'list') return undefined
    given[name] = flag.type === 'list' ? [...(Array.isArray(before) ? before : []), text] : text
  }
  return readOptions({ path, flags }, { ...given, _: path })
}
