/** The flag of every command that reads or writes rows. */
export const FORMAT_FLAG = {
  type: 'string',
  value: 'csv|jsonl',
  choices: ['csv', 'jsonl'],
  describe: 'The format where a name does not say it (- and other endings; default for -: csv)',
} as const
