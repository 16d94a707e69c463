import { type TrainRetrain, toCheckJson, toPromotedJson } from '@taskclf/documents'
import type { Retrained } from '@taskclf/registry'
import { escapeText, metricsText, painter, renderFields, type Terminal } from '@taskclf/terminal'
import type { Context, Note, OptionsFor, Outcome } from '../../../command.js'
import { EXIT, type ExitCode } from '../../../exit-codes.js'
import { runsDirOf } from '../../runs/shared/runs-dir.js'
import { restrictionNotes } from '../../shared/notes.js'
import { registryOf } from '../../shared/open-registry.js'
import { parseCadence, parseRetryAfter } from '../shared/cadence.js'
import { checkNotes } from '../shared/check-notes.js'
import { promotionExit, promotionNotes } from '../shared/promotion-notes.js'
import { promotionSettings } from '../shared/promotion-settings.js'
import { promotionText } from '../shared/promotion-text.js'
import type { trainRetrain } from './command.js'
import { trainerSpec } from './trainer-spec.js'
import { type WatchedTrainer, watchTrainer } from './watch-trainer.js'

type Options = OptionsFor<typeof trainRetrain>

/** Trains when it is due and promotes what came of it. Ctrl-C ends the trainer and is waited for. */
export async function run(options: Options, context: Context): Promise<Outcome<TrainRetrain>> {
  const settings = promotionSettings(options, context)
  const spec = trainerSpec(options, context)
  const cadence = options.cadence ?? context.settings.cadence
  const registry = await registryOf(context, options)
  const runsDir = runsDirOf(options, context)
  const trainer = watchTrainer(spec, runsDir, context)
  try {
    const result = await registry.retrain({
      ...settings,
      startTrainer: trainer.start,
      force: options.force,
      ...(cadence !== undefined && { cadence: parseCadence(cadence) }),
      ...parseRetryAfter(options['retry-after']),
      earlierRuns: runsDir,
    })
    const requirement = await context.settings.requirement()
    return {
      data: retrainData(result, trainer),
      exitCode: exitOf(result, trainer.signal),
      notes: [...restrictionNotes(requirement), ...notesOn(result)],
    }
  } finally {
    trainer.release()
  }
}

function retrainData(
  { location, outcome, check, run, promotion }: Retrained,
  trainer: WatchedTrainer,
): TrainRetrain {
  return {
    models_dir: location,
    outcome,
    check: check === undefined ? null : toCheckJson(check),
    run:
      run === undefined
        ? null
        : {
            run_id: run.run_id,
            dir: trainer.dir(),
            state: run.state,
            code: run.code ?? null,
            message: run.message ?? null,
            duration_ms: run.duration_ms ?? null,
            metrics: trainer.metrics(),
          },
    promotion: promotion === undefined ? null : toPromotedJson(promotion),
  }
}

function exitOf({ outcome, promotion, run }: Retrained, signal: AbortSignal): ExitCode {
  if (promotion !== undefined) return promotionExit(promotion)
  // The reason of an interrupt is its exit code.
  if (outcome === 'trainer_failed' && run?.state === 'cancelled' && signal.aborted)
    return signal.reason as ExitCode
  return EXIT.no
}

function notesOn({ outcome, check, run, promotion }: Retrained): Note[] {
  const notes = check === undefined ? [] : checkNotes(check)
  if (promotion !== undefined) return [...notes, ...promotionNotes(promotion)]
  if (outcome === 'not_due' && check !== undefined) {
    const message = `not due, so nothing was trained: ${check.message}; --force trains all the same`
    return [...notes, { level: 'note', code: check.code, message }]
  }
  const why = run?.message ?? run?.state ?? 'no run'
  const message = `nothing to promote: ${why}; taskclf runs show ${run?.run_id} tells more`
  return [...notes, { level: 'error', code: run?.code ?? 'trainer_failed', message }]
}

/** What came of it: not due, a trainer that failed, or a promotion. */
export function text(data: TrainRetrain, terminal: Terminal): string {
  const { check, run, promotion } = data
  const paint = painter(terminal)
  if (data.outcome === 'not_due') return `not due: ${escapeText(check?.message ?? '')}\n`
  const ran = run === null ? '' : renderFields(fieldsOf(run))
  if (promotion !== null) return `${ran}\n${promotionText(promotion, terminal)}`
  return `${paint.red(run?.state === 'cancelled' ? 'cancelled' : 'the trainer failed')}\n\n${ran}`
}

function fieldsOf(run: NonNullable<TrainRetrain['run']>): [string, string | null][] {
  const took = run.duration_ms === null ? '' : ` in ${(run.duration_ms / 1000).toFixed(1)} s`
  return [
    ['run', run.run_id],
    ['state', `${run.state}${took}`],
    ...(run.message === null ? [] : ([['because', run.message]] as [string, string][])),
    ...(Object.keys(run.metrics).length === 0
      ? []
      : ([['trainer says', metricsText(run.metrics)]] as [string, string][])),
    ['in', run.dir],
  ]
}
