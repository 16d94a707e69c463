import type { ActiveState } from '@taskclf/active-pointer'
import type { BestActivation } from '@taskclf/infer-resolver'
import {
  absentAdvice,
  blameText,
  type Contender,
  type SelectionReport,
  type SwitchDecision,
  toReportJson,
} from '@taskclf/selection-policy'
import type { GlobalOptions, Note, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { ModelSelect } from '../../../documents/model.js'
import { EXIT } from '../../../exit-codes.js'
import { bundleWarningNotes } from '../../shared/bundle-warnings.js'
import { restrictionNotes } from '../../shared/notes.js'
import { registryOf } from '../../shared/open-registry.js'
import { switchNotes } from '../../shared/switch-data.js'
import type { MODEL_SELECT_FLAGS } from './flags.js'

export { text } from './text.js'

/** Selects; with `--activate` also switches to the best, where it should take over. */
export async function run(
  options: OptionsOf<typeof MODEL_SELECT_FLAGS> & GlobalOptions,
  context: Context,
): Promise<Outcome<ModelSelect>> {
  const registry = await registryOf(context, options)
  const weighed = options.activate ? await registry.activateBest() : await registry.select()
  return outcome(weighed, await context.settings.policy(), options.activate)
}

async function outcome(
  { modelsDir, active, report, decision, unchecked, switched }: BestActivation,
  { source, digest }: { source: string; digest: string },
  activate: boolean,
): Promise<Outcome<ModelSelect>> {
  const notes: Note[] = [
    ...restrictionNotes(report.requirement),
    ...(switched === undefined && active.status === 'corrupt' ? [corruptNote(active)] : []),
    ...(switched === undefined ? [] : await switchNotes(switched)),
    ...(unchecked === undefined ? [] : [uncheckedNote(unchecked)]),
    ...(report.best === undefined ? [] : bundleWarningNotes(report.best.bundle)),
    ...(report.best === undefined ? noneNotes(report) : []),
    ...(activate && switched === undefined && report.best !== undefined ? [stayNote(decision)] : []),
    ...(decision.code === 'better' && decision.gain === undefined ? [notComparedNote(decision)] : []),
  ]
  const data: ModelSelect = {
    models_dir: modelsDir.root,
    policy_source: source,
    policy_digest: digest,
    report: toReportJson(report),
    decision: decisionData(decision),
    activated:
      switched === undefined
        ? null
        : {
            model_id: switched.pointer.model_id,
            revision: switched.revision,
            write_id: switched.line.write_id ?? '',
          },
  }
  return { data, exitCode: report.best === undefined ? EXIT.no : EXIT.done, notes }
}

function decisionData(decision: SwitchDecision): ModelSelect['decision'] {
  const { code, message, candidate, incumbent, gain, required } = decision
  const idOf = (contender: Contender | undefined) => contender?.modelId ?? null
  return {
    switch: decision.switch,
    code,
    message,
    candidate: idOf(candidate),
    incumbent: idOf(incumbent),
    ...(gain !== undefined && { gain }),
    ...(required !== undefined && { required }),
  }
}

function stayNote({ code, message }: SwitchDecision): Note {
  const level = code === 'other_labels' || code === 'other_schema' ? 'warning' : 'note'
  return { level, code, message: `nothing was switched: ${message}` }
}

function uncheckedNote(why: string): Note {
  return { level: 'warning', code: 'not_checked', message: `the active model could not be tried: ${why}` }
}

function notComparedNote({ message }: SwitchDecision): Note {
  return { level: 'note', code: 'not_compared', message: `nothing was compared: ${message}` }
}

function corruptNote(active: ActiveState & { status: 'corrupt' }): Note {
  const why = active.problems.map(({ message }) => message).join('; ')
  return { level: 'warning', code: 'pointer_corrupt', message: `active.json is not usable: ${why}` }
}

function noneNotes(report: SelectionReport): Note[] {
  const blame = blameText(report)
  const advice = absentAdvice(report)
  const why =
    blame ?? (report.excluded.length === 0 ? 'there are no bundles' : 'no gate is to blame; see the reasons')
  return [
    {
      level: 'error',
      code: 'no_eligible_model',
      message: `no model is eligible: ${why}${advice === undefined ? '' : `; ${advice}`}`,
    },
  ]
}
