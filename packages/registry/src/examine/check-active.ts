import { inferencePolicyWarnings } from '@taskclf/infer-resolver'
import { type Check, type Examination, type Finding, finding } from './examination.js'

/** The pointer and the model it names, in the state that a start would find them in. */
export const checkActive: Check = ({ look, report, history }) => {
  const hasPast = history.entries.length > 0
  switch (look.state) {
    case 'absent': {
      const restores = hasPast ? 'taskclf doctor --fix makes the last model of the history active; or ' : ''
      const advice = `${restores}taskclf model select --activate, or model set-active`
      return [
        finding('note', 'no_pointer', 'no model is active; resolving selects by policy each time', advice),
      ]
    }
    case 'missing': {
      const advice =
        'taskclf model rollback, or set-active; until then a start takes the best of the same feature schema'
      return [finding('error', 'active_bundle_missing', look.message, advice, [look.active.modelId])]
    }
    case 'broken':
      return [checkBroken(look, hasPast)]
    case 'good':
      return checkEligible(look.active.modelId, report)
  }
}

const REPAIRS = 'taskclf infer resolve --repair writes one by the policy'
const RESTORES = `taskclf doctor --fix writes it again by the history; ${REPAIRS}`

type Broken = Extract<Examination['look'], { state: 'broken' }>

function checkBroken({ active, code, message }: Broken, hasPast: boolean): Finding {
  if (active.status !== 'valid') {
    // A link or a directory is somebody's: no switch replaces it.
    const isInTheWay = active.problems.some(({ code }) => code === 'symlink_escape' || code === 'not_a_file')
    const advice = `${isInTheWay ? 'move it away; then ' : ''}${hasPast ? RESTORES : REPAIRS}`
    return finding('error', 'pointer_corrupt', message, advice)
  }
  const found = code === 'bundle_incompatible' ? 'active_bundle_incompatible' : 'active_bundle_invalid'
  const advice =
    code === 'bundle_incompatible'
      ? 'taskclf model rollback, or set-active; or require what it was trained for'
      : 'taskclf model rollback, or put the bundle right'
  return finding('error', found, message, advice, [active.modelId])
}

function checkEligible(modelId: string, report: Examination['report']): Finding[] {
  const against = report.excluded.find((exclusion) => exclusion.modelId === modelId)
  if (against === undefined) return []
  const why = against.reasons.map(({ message }) => message).join('; ')
  const advice = 'it serves all the same; taskclf model select shows the alternatives'
  return [
    finding('warning', 'active_ineligible', `the active model ${modelId} is not eligible: ${why}`, advice, [
      modelId,
    ]),
  ]
}

/** Torn lines, gaps, pointers without a line; and lines that are not what was written. */
export const checkHistory: Check = ({ history, historyError }) => [
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
  pointer_altered: ['error', 'find out who changed it; taskclf model set-active writes it anew'],
  history_unchained: ['note', 'nothing to do: what taskclf switches from now on is covered'],
}

/** Traces of other programs that decide which model serves. */
export const checkOtherWriters: Check = ({ active, layout }) => {
  const findings = []
  if (active.status === 'valid' && active.pointer.write_id === undefined) {
    const message = `another program made ${active.modelId} active: active.json has no revision`
    const advice =
      'expected where the Python project switches too; its switches are adopted, but take no lock'
    findings.push(finding('note', 'foreign_pointer', message, advice))
  }
  const activeId = active.status === 'valid' ? active.modelId : 'none'
  const advice = 'the Python project obeys that file first: remove it, or switch both'
  for (const { code, message } of inferencePolicyWarnings(layout.root, activeId))
    findings.push(finding('warning', code, message, advice))
  return findings
}
