import { codeTable } from '@taskclf/errors'

/** Why a command line cannot be read: every code of a `FlagsError`. */
export const FLAGS_ERRORS = /* @__PURE__ */ codeTable({
  unknown_flag: {
    what: 'There is no such flag.',
    hint: 'see `--help` for all flags; the message has the nearest',
  },
  unknown_command: {
    what: 'There is no such command.',
    hint: 'see `taskclf --help` for all commands; the message has the nearest',
  },
  missing_command: {
    what: 'No command was given, or a group without a verb.',
    hint: 'see `taskclf --help` for all commands',
  },
  missing_argument: {
    what: 'A word that the command needs is missing.',
    hint: 'see `--help` for the words that the command takes',
  },
  missing_value: {
    what: 'A flag is without its value.',
    hint: 'give one: `--flag value`',
  },
  invalid_value: {
    what: 'A flag or setting has a value it cannot take.',
    hint: 'give a value that the message names, or see `--help`',
  },
  repeated_flag: {
    what: 'A flag that takes one value is given twice.',
    hint: 'give it once',
  },
  unexpected_argument: {
    what: 'The command takes fewer words.',
    hint: 'see `--help` for the words that the command takes; quote what holds spaces',
  },
})
