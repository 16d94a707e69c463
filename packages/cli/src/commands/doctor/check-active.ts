import { inferencePolicyWarnings } from '@taskclf/infer-resolver'
import { type Check, finding } from './examination.js'

/** The pointer and the model it names. */
export const checkActive: Check = ({ active, bundles, report }) => {
  if (active.status === 'absent') {
    const advice = 'taskclf model select --activate, or model set-active'
    return [
      finding('note', 'no_pointer', 'no model is active; resolving selects by policy each time', advice),
    ]
  }
  if (active.status === 'corrupt') {
    const why = active.problems.map(({ message }) => message).join('; ')
    const advice = 'taskclf infer resolve --repair writes it anew'
    return [finding('error', 'pointer_corrupt', `active.json is not usable: ${why}`, advice)]
  }
  const { modelId } = active
  const bundle = bundles.find((one) => one.modelId === modelId)
  if (bundle === undefined || bundle.status === 'invalid') {
    const why = bundle?.problems.map(({ message }) => message).join('; ') ?? 'it is not there'
    const advice = 'taskclf model rollback, or put the bundle right'
    return [
      finding('error', 'active_bundle_invalid', `the active model ${modelId} cannot serve: ${why}`, advice, [
        modelId,
      ]),
    ]
  }
  const against = report.excluded.find((exclusion) => exclusion.modelId === modelId)
  if (against === undefined) return []
  const why = against.reasons.map(({ message }) => message).join('; ')
  const advice =
    'it serves all the same, as long as it is compatible; taskclf model select shows the alternatives'
  return [
    finding('warning', 'active_ineligible', `the active model ${modelId} is not eligible: ${why}`, advice, [
      modelId,
    ]),
  ]
}

/** Torn lines, gaps, pointers without a line. */
export const checkHistory: Check = ({ history }) => [
  ...history.problems.map(({ code, message }) =>
    finding('warning', code, message, 'nothing to do: the line is passed over; keep the file for the record'),
  ),
  ...history.warnings.map(({ code, message }) =>
    finding('note', code, message, 'nothing to do: the next switch by taskclf closes the gap'),
  ),
]

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
