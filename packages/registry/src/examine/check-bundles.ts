import type { ValidBundle } from '@taskclf/registry-core'
import { absentAdvice, blameText } from '@taskclf/selection-policy'
import { bundleWarningText } from '../bundle-warning-text.js'
import { type Check, count, type Finding, finding } from './examination.js'

/** No model may serve: which gate is to blame. */
export const checkEligibility: Check = ({ report, bundles }) => {
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

const PYTHON_METADATA = [
  'schema_version',
  'schema_hash',
  'label_set',
  'train_date_from',
  'train_date_to',
  'params',
  'git_commit',
  'dataset_hash',
  'reject_threshold',
  'data_provenance',
  'created_at',
]
const PYTHON_METRICS = ['macro_f1', 'weighted_f1', 'confusion_matrix', 'label_names']

/** Bundles that lack a key which the Python project's own reader demands. */
export const checkPythonReadable: Check = ({ bundles, pythonInUse }) =>
  groupBy(pythonInUse ? bundles : [], (bundle) => {
    const { metadata, metrics, derived } = bundle
    const lacks = (document: object, key: string, filled: readonly string[]) =>
      !Object.hasOwn(document, key) || filled.includes(key)
    return [
      ...PYTHON_METADATA.filter((key) => lacks(metadata, key, derived.metadata)),
      ...PYTHON_METRICS.filter((key) => lacks(metrics, key, derived.metrics)),
    ].join(', ')
  }).map(([keys, models]) => {
    const advice = 'let the trainer write these keys; the Python project reads this models dir too'
    const message = `${count(models.length, 'model')} lack keys that the Python project requires: ${keys}`
    return finding('note', 'python_cannot_read', message, advice, models)
  })

/** Parts that a bundle may lack, but that somebody will miss. */
export const checkOptionalParts: Check = ({ bundles }) =>
  groupBy(bundles, ({ metadata, metrics, manifest }) =>
    [
      ...(manifest === undefined ? ['manifest.json (damage goes unseen)'] : []),
      ...(metrics.confusion_matrix === undefined
        ? ['confusion_matrix (nothing can be derived or checked)']
        : []),
      ...(metrics.eval_dataset_id === undefined ? ['eval_dataset_id (comparisons may be unlike)'] : []),
      ...(metadata.label_set === undefined ? ['label_set (a required label set excludes it)'] : []),
    ].join(', '),
  ).map(([parts, models]) => {
    const message = `${count(models.length, 'model')} without ${parts}`
    return finding(
      'note',
      'missing_optional',
      message,
      'let the trainer write them; taskclf works without',
      models,
    )
  })

type Bundles = Parameters<Check>[0]['bundles']

function groupBy(bundles: Bundles, keyOf: (bundle: ValidBundle) => string): [string, string[]][] {
  const groups = new Map<string, string[]>()
  for (const bundle of bundles) {
    if (bundle.status === 'invalid') continue
    const key = keyOf(bundle)
    if (key !== '') groups.set(key, [...(groups.get(key) ?? []), bundle.modelId])
  }
  return [...groups]
}
