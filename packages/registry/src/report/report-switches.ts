import { switchRecord } from '../why/decision-record.js'
import type { RegistryView } from '../why/registry-view.js'
import { switchWords } from '../why/switch-words.js'
import type { ReportMetric, ReportModel, ReportSwitch } from './registry-report.js'

/** The history, newest first, each line with what the model measured. */
export function reportSwitches(
  { history }: RegistryView,
  metrics: readonly ReportMetric[],
  models: readonly ReportModel[],
): ReportSwitch[] {
  const now = new Map(models.map(({ modelId, metrics: values }) => [modelId, values]))
  return history.entries.toReversed().map((entry) => {
    const record = switchRecord(entry)
    const recorded = new Map<string, unknown>([
      ...(record.decision?.gates ?? []).map(({ metric, value }) => [metric, value] as const),
      ...Object.entries(record.score ?? {}),
    ])
    const figure = (name: string) => {
      const value = recorded.get(name) ?? now.get(record.model_id)?.[name]
      return typeof value === 'number' ? value : null
    }
    return {
      ...record,
      words: switchWords(record),
      metrics: Object.fromEntries(metrics.map(({ name }) => [name, figure(name)])),
    }
  })
}
