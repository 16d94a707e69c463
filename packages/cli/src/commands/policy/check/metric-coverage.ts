import { findBestModel } from '@taskclf/infer-resolver'
import { lookAtModelsDir, type ModelsDirLook, RegistryError } from '@taskclf/registry-core'
import { blameOf, type Policy } from '@taskclf/selection-policy'
import type { PolicyCheck } from '../../../documents/policy.js'
import type { Settings } from '../../../settings.js'

type Coverage = NonNullable<PolicyCheck['metrics']>

/** The models dir, where there is one; one that was named must be there. */
export function modelsDirIfAny({ modelsDir, modelsDirSource }: Settings): ModelsDirLook | undefined {
  try {
    return lookAtModelsDir(modelsDir)
  } catch (error) {
    const isNone = error instanceof RegistryError && error.code === 'models_dir_missing'
    if (isNone && modelsDirSource === 'default') return undefined
    throw error
  }
}

/** How many of the valid bundles have each metric that a policy names, those of the ranking first. */
export async function metricCoverage(modelsDir: ModelsDirLook, policy: Policy): Promise<Coverage> {
  const named = [
    ...policy.rank_by.flatMap((key) => ('metric' in key ? [{ ...key, asked: 'rank' as const }] : [])),
    ...policy.gates.map(({ metric }) => ({ metric, asked: 'gate' as const, optional: false })),
  ]
  const distinct = new Map(named.map((one) => [JSON.stringify([one.asked, one.metric]), one]))
  const report = await findBestModel(modelsDir, allRequired(policy), {}, { useIndex: true })
  const of = report.ranked.length + report.excluded.filter(({ gates }) => gates !== undefined).length
  const blames = blameOf(report)
  return [...distinct.values()].map(({ metric, asked, optional }) => {
    const stage = asked === 'rank' ? 'metrics' : 'gate'
    const blame = blames.find((one) => one.asked === stage && one.metric === metric)
    const absent = blame?.absent ?? 0
    return {
      metric,
      asked,
      optional: optional === true,
      have: of - absent,
      of,
      nearest: blame?.nearest ?? null,
    }
  })
}

/** So that what an optional metric lacks is told, too. */
function allRequired(policy: Policy): Policy {
  const rank_by = policy.rank_by.map((key) =>
    'metric' in key ? { metric: key.metric, order: key.order } : key,
  )
  return { ...policy, rank_by }
}
