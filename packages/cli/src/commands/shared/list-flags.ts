import type { Flags } from '@taskclf/flags'
import { FlagsError } from '@taskclf/flags'
import { CliError } from '../../errors.js'

/** What every list of models takes. */
export const LIST_FLAGS = {
  columns: { type: 'string', value: 'A,B', describe: 'The metrics to show, as auc,per_class.churned.recall' },
  all: { type: 'boolean', describe: 'Also invalid bundles, and why a bundle is not eligible' },
  eligible: { type: 'boolean', describe: 'Only bundles that may serve under the policy' },
  candidates: {
    type: 'string',
    value: 'DIR',
    describe: 'Also the candidates in this directory, each judged by itself',
  },
} as const satisfies Flags

/** Which models are shown. */
export function shownOf({
  all,
  eligible,
}: {
  all: boolean
  eligible: boolean
}): 'all' | 'eligible' | 'valid' {
  if (all && eligible)
    throw new CliError('usage', '--all and --eligible exclude each other', { hint: 'leave one of them out' })
  return all ? 'all' : eligible ? 'eligible' : 'valid'
}

/** The paths that `--columns` names; undefined where it is not given. */
export function columnsOf(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined
  const paths = text.split(',').map((path) => path.trim())
  if (!paths.includes('')) return [...new Set(paths)]
  throw new FlagsError(
    'invalid_value',
    `--columns names nothing between two commas: ${JSON.stringify(text)}`,
    {
      hint: 'write paths of metrics, as auc,per_class.churned.recall',
    },
  )
}
