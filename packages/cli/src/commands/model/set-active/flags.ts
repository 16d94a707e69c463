import { CHECKS_FLAGS } from '../../shared/checks-flags.js'

/** The flags of `model set-active`. */
export const MODEL_SET_ACTIVE_FLAGS = {
  'model-id': { type: 'string', value: 'ID', required: true, describe: 'The model that is to serve' },
  'expect-revision': {
    type: 'integer',
    value: 'N',
    describe: 'Switch only if the pointer is still at this revision (0: there is none yet)',
  },
  'expect-version': {
    type: 'string',
    value: 'V',
    describe: 'Switch only if the pointer still has this version',
  },
  force: { type: 'boolean', describe: 'Go past gates and compatibility; never past validity' },
  note: { type: 'string', value: 'TEXT', describe: 'Why, for the history' },
  ...CHECKS_FLAGS,
} as const
