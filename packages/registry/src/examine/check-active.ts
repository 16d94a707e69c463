import { type Examination, type Finding, finding } from './examination.js'

/** The pointer and the model it names, in the state that a start would find them in. */
export function checkActive({
  look,
  report,
  history,
}: Pick<Examination, 'look' | 'report' | 'history'>): Finding[] {
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
