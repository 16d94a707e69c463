import type { Flags } from '@taskclf/flags'

/** What keeps a switch from going past somebody else's. */
export const EXPECT_FLAGS = {
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
} as const satisfies Flags

/** The same, as the libraries take it. */
export function expectedOf(options: {
  'expect-revision': number | undefined
  'expect-version': string | undefined
}): { expected?: string; expectedRevision?: number } {
  const { 'expect-revision': expectedRevision, 'expect-version': expected } = options
  return {
    ...(expected !== undefined && { expected }),
    ...(expectedRevision !== undefined && { expectedRevision }),
  }
}
