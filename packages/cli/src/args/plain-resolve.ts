import type { Flags, GlobalOptions, ParsedOptions } from '../command.js'
import { INFER_RESOLVE_FLAGS } from '../commands/infer/resolve/flags.js'
import { GLOBAL_FLAGS } from './global-flags.js'
import { readOptions } from './read-options.js'

/** Without `--repair`: what is answered the short way can be asked again the long way. */
const { repair: _, ...READING_FLAGS } = INFER_RESOLVE_FLAGS
const FLAGS: Flags = { ...READING_FLAGS, ...GLOBAL_FLAGS }

/**
 * The options of a plain `infer resolve`, as {@link parseArguments} would give them; undefined for every line that the whole
 * program must judge: another command, a word too many, a flag unknown, repeated, or without its value.
 */
export function plainResolve(argv: readonly string[]): (ParsedOptions & GlobalOptions) | undefined {
  if (argv[0] !== 'infer' || argv[1] !== 'resolve') return undefined
  const given: Record<string, string | string[] | true> = {}
  for (let i = 2; i < argv.length; i++) {
    const [, name = '', inline] = /^--([a-z-]+)(?:=([\s\S]+))?$/.exec(argv[i] ?? '') ?? []
    const flag = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined
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
  return readOptions(
    { path: ['infer', 'resolve'], flags: INFER_RESOLVE_FLAGS },
    { ...given, _: ['infer', 'resolve'] },
  )
}
