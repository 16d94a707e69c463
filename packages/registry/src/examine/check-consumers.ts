import { BUNDLE_FILES, type LocalBundle, type ValidBundle } from '@taskclf/registry-core'
import { plainName, type Reason } from '@taskclf/selection-policy'
import { type Check, count, type Finding, finding } from './examination.js'

/** Bundles that lack what the policy names, or what is required of every model: they are never chosen. */
export const checkPolicyCanUse: Check = ({ report }) => {
  const lacking = report.excluded.flatMap(({ modelId, reasons }): [string, readonly Reason[]][] => {
    const absent = reasons.filter(({ code }) => code in ABSENT)
    return absent.length === 0 ? [] : [[modelId, absent]]
  })
  const groups = grouped(lacking, (reasons) => [...new Set(reasons.map(partOf))].join(', '))
  return groups.map(([parts, models, reasons]) => {
    const meant = reasons.flatMap(({ metric = '', nearest }) =>
      nearest === undefined
        ? []
        : [`they have ${plainName(nearest)}: was that meant by ${plainName(metric)}?`],
    )
    const write = 'let the trainer write what is missing, or write a policy over what the bundles have'
    const message = `${lack(models.length)} what the policy requires: ${parts}`
    return of('policy', finding('note', 'policy_cannot_use', message, [...meant, write].join(' '), models))
  })
}

/** Codes of what is not there, and what that is; of a metric its name says it. */
const ABSENT: Readonly<Record<string, string | undefined>> = {
  metric_absent: undefined,
  schema_hash_absent: 'schema_hash',
  label_set_absent: 'label_set',
}

const partOf = ({ code, metric = '' }: Reason): string => ABSENT[code] ?? plainName(metric)

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

/** Bundles that lack what the Python project's own reader demands. */
export const checkPythonReadable: Check = ({ bundles, pythonInUse }) =>
  grouped(pythonInUse ? bundles.flatMap(lackedByPython) : [], (parts) => parts.join(', ')).map(
    ([parts, models]) => {
      const advice = 'let the trainer write them; the Python project reads this models dir too'
      const message = `${lack(models.length)} what the Python project requires: ${parts}`
      return of('python', finding('note', 'python_cannot_read', message, advice, models))
    },
  )

function lackedByPython(bundle: LocalBundle): [string, readonly string[]][] {
  if (bundle.status === 'invalid') return []
  const { metadata, metrics, derived, artifacts } = bundle
  const lacks = (document: object, key: string, filled: readonly string[]) =>
    !Object.hasOwn(document, key) || filled.includes(key)
  const parts = [
    ...PYTHON_METADATA.filter((key) => lacks(metadata, key, derived.metadata)),
    ...PYTHON_METRICS.filter((key) => lacks(metrics, key, derived.metrics)),
    ...(artifacts.includes(BUNDLE_FILES.model) ? [] : [BUNDLE_FILES.model]),
  ]
  return parts.length === 0 ? [] : [[bundle.modelId, parts]]
}

/** Parts that everybody does without, but that somebody will miss. */
export const checkOptionalParts: Check = ({ bundles }) => {
  const lacking = bundles.flatMap((bundle): [string, readonly string[]][] => {
    const parts = bundle.status === 'invalid' ? [] : missed(bundle)
    return parts.length === 0 ? [] : [[bundle.modelId, parts]]
  })
  return grouped(lacking, (parts) => parts.join(', ')).map(([parts, models]) => {
    const message = `${count(models.length, 'model')} without ${parts}`
    const advice = 'let the trainer write them; taskclf works without'
    return finding('note', 'missing_optional', message, advice, models)
  })
}

function missed({ metadata, metrics, manifest }: ValidBundle): string[] {
  const hasNoMatrix = metadata.task === 'classification' && metrics.confusion_matrix === undefined
  return [
    ...(manifest === undefined ? ['manifest.json (damage goes unseen)'] : []),
    ...(hasNoMatrix ? ['confusion_matrix (nothing can be derived or checked)'] : []),
    ...(metrics.eval_dataset_id === undefined ? ['eval_dataset_id (comparisons may be unlike)'] : []),
  ]
}

const lack = (n: number) => `${count(n, 'model')} ${n === 1 ? 'lacks' : 'lack'}`

const of = (consumer: NonNullable<Finding['consumer']>, what: Finding): Finding => ({ ...what, consumer })

/** The models that say the same, each group with what the first of them says. */
function grouped<T>(
  all: readonly (readonly [modelId: string, said: T])[],
  keyOf: (said: T) => string,
): [key: string, models: string[], said: T][] {
  const groups = new Map<string, { models: string[]; said: T }>()
  for (const [modelId, said] of all) {
    const key = keyOf(said)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { models: [modelId], said })
    else group.models.push(modelId)
  }
  return [...groups].map(([key, { models, said }]) => [key, models, said])
}
