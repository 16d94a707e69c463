import { type Examination, type Finding, finding } from './examination.js'

/** Torn lines, gaps, pointers without a line; and lines that are not what was written. */
export const checkHistory = ({
  history,
  historyError,
}: Pick<Examination, 'history' | 'historyError'>): Finding[] => [
  ...(historyError === undefined
    ? []
    : [finding('error', 'history_unreadable', historyError.message, UNREAD)]),
  ...history.problems.map(({ code, message }) => {
    const passedOver = 'nothing to do: the line is passed over; keep the file for the record'
    const advice = code === 'unsupported_version' ? 'upgrade taskclf' : passedOver
    return finding('warning', code, message, advice)
  }),
  ...history.warnings.map(({ code, message }) => {
    const [level, advice] = ADVICE[code] ?? [
      'note',
      'nothing to do: the next switch by taskclf closes the gap',
    ]
    return finding(level, code, message, advice)
  }),
]

type HistoryCode = Examination['history']['warnings'][number]['code']

const UNREAD =
  'look at active_history.jsonl, its permissions and its disk: until it can be read nothing can be switched'

const LOST = 'put active_history.jsonl back from a backup; without, no rollback goes further back'

const ADVICE: Readonly<Partial<Record<HistoryCode, [Finding['level'], string]>>> = {
  history_lost: ['warning', LOST],
  history_cut: ['warning', LOST],
  history_altered: [
    'error',
    'find out who changed it; put the line back from a backup, byte for byte: until then do not rely on it',
  ],
  pointer_altered: ['error', 'find out who changed it; taskclf model set-active writes it again'],
  history_unchained: ['note', 'nothing to do: what taskclf switches from now on is covered'],
}
