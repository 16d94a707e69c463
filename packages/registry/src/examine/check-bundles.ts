import { absentAdvice, blameText } from '@taskclf/selection-policy'
import { bundleWarningText } from '../bundle-warning-text.js'
import { type Check, type Examination, type Finding, finding } from './examination.js'

/** No model may serve: which gate is to blame. */
export function checkEligibility({
  report,
  bundles,
}: Pick<Examination, 'report'> & { bundles: readonly unknown[] }): Finding[] {
  const { requirement, ranked } = report
  const findings: Finding[] = []
  if (requirement.schemas === undefined) {
    const advice = 'set schema_hash or feature_schema in taskclf.config.json, or give --feature-schema'
    findings.push(finding('note', 'no_schema_hash', 'no schema hash restricts which model is chosen', advice))
  }
  if (bundles.length === 0) {
    const advice = 'train and promote a model, or give another --models-dir'
    return [...findings, finding('error', 'no_bundles', 'the models dir has no bundles', advice)]
  }
  if (ranked.length > 0) return findings
  const why = blameText(report) ?? 'no gate is to blame; taskclf model select reports each'
  const advice =
    absentAdvice(report) ??
    'taskclf model select shows every number; promote a better model or adapt the policy'
  return [...findings, finding('error', 'no_eligible_model', `no model is eligible: ${why}`, advice)]
}

/** Bundles that break the contract. */
export const checkInvalid: Check = ({ bundles }) =>
  bundles.flatMap((bundle) => {
    if (bundle.status === 'valid') return []
    const why = bundle.problems.map(({ code, message }) => `${message} [${code}]`).join('; ')
    const advice = 'put it right, or move it out of the models dir'
    return [
      finding('warning', 'invalid_bundle', `${bundle.modelId} is not valid: ${why}`, advice, [
        bundle.modelId,
      ]),
    ]
  })

/** Bundles that contradict themselves: they rank and serve as they are stated. */
export const checkBundleWarnings: Check = ({ bundles }) =>
  bundles.flatMap((bundle) => {
    if (bundle.status === 'invalid') return []
    const advice = 'it ranks by what is stated; find out which is right, and publish it again'
    return bundle.warnings.map((warning) =>
      finding('warning', warning.code, bundleWarningText(bundle.modelId, warning), advice, [bundle.modelId]),
    )
  })
