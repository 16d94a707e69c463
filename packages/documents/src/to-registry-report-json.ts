import type { RegistryReport, ReportModel } from '@taskclf/registry'
import type { Report } from './report.js'

/** What is said of a report beside what the registry says. */
type Frame = Pick<Report, 'taskclf' | 'generated_at' | 'file' | 'policy_source' | 'policy_digest'>

/** A registry at one moment, for pages and programs. */
export function toRegistryReportJson(report: RegistryReport, frame: Frame): Report {
  const { location, policy, metrics, serving, models, history, oddities } = report
  const { rival, explanation, classes } = serving
  return {
    ...frame,
    models_dir: location,
    policy,
    metrics: metrics.map((metric) => ({ ...metric, bounds: metric.bounds.map((bound) => ({ ...bound })) })),
    serving: {
      ...serving,
      explanation: [...explanation],
      rival: rival && rivalJson(rival),
      classes: classes.map((one) => ({ ...one })),
    },
    models: models.map(modelJson),
    history: history.map((one) => ({ ...one, words: [...one.words], metrics: { ...one.metrics } })),
    oddities: oddities.flatMap(({ code, message }) =>
      code === 'history_unchained' ? [] : [{ code, message }],
    ),
  }
}

type Rival = NonNullable<RegistryReport['serving']['rival']>

function rivalJson({ modelId, ...gap }: Rival): Report['serving']['rival'] {
  return { model_id: modelId, ...gap }
}

function modelJson(model: ReportModel): Report['models'][number] {
  const { modelId, valid, active, createdAt, createdAtUtc, task, description, rank, exclusion, metrics } =
    model
  return {
    model_id: modelId,
    status: valid ? 'valid' : 'invalid',
    active,
    created_at: createdAt,
    created_at_utc: createdAtUtc,
    task,
    description,
    eligible: rank !== null,
    rank,
    exclusion,
    metrics: { ...metrics },
  }
}
