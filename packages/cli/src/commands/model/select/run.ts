import {
  ActivePointerError,
  type ActiveState,
  readActive,
  readWithdrawn,
  type SwitchResult,
  writeActiveAtomic,
} from '@taskclf/active-pointer'
import { PromotionError } from '@taskclf/promotion'
import { type BundleChecks, lookAtModelsDir, type ModelsDirLook } from '@taskclf/registry-core'
import {
  activeReason,
  type Contender,
  type SelectionReport,
  type SwitchDecision,
  shouldSwitchActive,
  toDecision,
  toReportJson,
} from '@taskclf/selection-policy'
import { findBestModel } from '@taskclf/selection-policy/find-best-model'
import type { GlobalOptions, Note, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { ModelSelect } from '../../../documents/model.js'
import { EXIT } from '../../../exit-codes.js'
import { absentAdvice, blameText } from '../../shared/blame.js'
import { bundleWarningNotes } from '../../shared/bundle-warnings.js'
import { checksOf } from '../../shared/checks.js'
import { restrictionNotes } from '../../shared/notes.js'
import { switchNotes } from '../../shared/switch-data.js'
import type { MODEL_SELECT_FLAGS } from './flags.js'
import { incumbentOf, nothingSound, tryIncumbent } from './incumbent.js'

const MOST_ATTEMPTS = 10

interface Selected {
  active: ActiveState
  report: SelectionReport
  decision: SwitchDecision
  /** Why nobody here could try the incumbent. */
  unchecked?: string
}

/** Selects; with `activate` also switches, by compare-and-swap, selecting again when somebody else switched meanwhile. */
export async function run(
  options: OptionsOf<typeof MODEL_SELECT_FLAGS> & GlobalOptions,
  context: Context,
): Promise<Outcome<ModelSelect>> {
  const { activate } = options
  const checks = checksOf(options, context.settings)
  for (let attempt = 1; ; attempt++) {
    const modelsDir = lookAtModelsDir(context.settings.modelsDir)
    const selected = await select(modelsDir, context, activate ? checks : undefined)
    if (activate) requireReadablePointer(selected.active)
    if (!activate || !selected.decision.switch)
      return outcome(modelsDir, selected, undefined, activate, context)
    try {
      return await outcome(modelsDir, selected, await switchTo(selected, checks, context), activate, context)
    } catch (error) {
      const conflict = error instanceof ActivePointerError && error.code === 'conflict'
      if (!conflict || attempt === MOST_ATTEMPTS) throw error
    }
  }
}

async function select(
  modelsDir: ModelsDirLook,
  { settings }: Context,
  checks: BundleChecks | undefined,
): Promise<Selected> {
  const [{ policy }, requirement] = [await settings.policy(), await settings.requirement()]
  // The pointer first: whoever switches from here on makes the swap below fail.
  const active = await readActive(modelsDir)
  const withdrawn = await readWithdrawn(modelsDir, active)
  const report = await findBestModel(modelsDir, policy, requirement, { withdrawn })
  const incumbent = await incumbentOf(modelsDir, active)
  const tried = incumbent && checks && (await tryIncumbent(incumbent, checks, active))
  const broken = tried?.status === 'failed' ? tried : undefined
  const decision = shouldSwitchActive(report, incumbent, policy, broken)
  if (incumbent && broken && decision.code === 'same_model') throw nothingSound(incumbent, broken)
  return { active, report, decision, ...(tried?.status === 'not_checked' && { unchecked: tried.message }) }
}

/** A pointer that nobody can read names somebody's choice: it is not written over by a selection. */
function requireReadablePointer(active: ActiveState): void {
  if (active.status !== 'corrupt') return
  const { message } = corruptNote(active)
  throw new PromotionError('pointer_corrupt', `nothing was switched: ${message}`, {
    details: { problems: active.problems },
  })
}

async function switchTo(
  { active, report, decision }: Selected,
  checks: BundleChecks,
  { settings, now }: Context,
): Promise<SwitchResult | undefined> {
  if (report.best === undefined) return undefined
  const { bundle } = report.best
  const { policy, digest } = await settings.policy()
  return writeActiveAtomic(settings.modelsDir, bundle, {
    source: 'promotion',
    expected: active.version,
    policyVersion: policy.version,
    policyDigest: digest,
    checks,
    reason: activeReason(bundle, policy),
    decision: { kind: 'select', policy_digest: digest, ...toDecision(report, decision) },
    now,
    ...(settings.actor !== undefined && { actor: settings.actor }),
  })
}

async function outcome(
  modelsDir: ModelsDirLook,
  { active, report, decision, unchecked }: Selected,
  switched: SwitchResult | undefined,
  activate: boolean,
  { settings }: Context,
): Promise<Outcome<ModelSelect>> {
  const { source, digest } = await settings.policy()
  const notes: Note[] = [
    ...restrictionNotes(report.requirement),
    ...(switched === undefined && active.status === 'corrupt' ? [corruptNote(active)] : []),
    ...(switched === undefined ? [] : await switchNotes(modelsDir, switched)),
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
