export { type CompletionPlaces, complete, placeFlags } from './complete.js'
export type {
  Declaration,
  Flag,
  Flags,
  GlobalOptions,
  OptionsOf,
  ParsedOptions,
  Positional,
} from './declaration.js'
export { FLAGS_ERRORS } from './error-table.js'
export { FlagsError, type FlagsErrorCode } from './errors.js'
export { GLOBAL_FLAGS } from './global-flags.js'
export { parseArguments, type Request } from './parse-arguments.js'
export { NO_OPTIONS } from './read-options.js'
export { type AboutProgram, helpWidth, renderHelp } from './render-help.js'
