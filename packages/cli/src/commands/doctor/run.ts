import { readHistory, readWithdrawn } from '@taskclf/active-pointer'
import { lookAtActive } from '@taskclf/infer-resolver'
import { listBundles, lookAtModelsDir } from '@taskclf/registry-core'
import { listRuns } from '@taskclf/runs'
import { selectBest } from '@taskclf/selection-policy'
import type { GlobalOptions, Outcome } from '../../command.js'
import type { Context } from '../../context.js'
import type { Doctor } from '../../documents/others.js'
import { EXIT } from '../../exit-codes.js'
import { checksOf } from '../shared/checks.js'
import { checkActive, checkHistory, checkOtherWriters } from './check-active.js'
import {
  checkBundleWarnings,
  checkEligibility,
  checkInvalid,
  checkOptionalParts,
  checkPythonReadable,
} from './check-bundles.js'
import { checkLeftovers, checkStrangers } from './check-leftovers.js'
import { checkLoads } from './check-loads.js'
import { checkPredicting } from './check-predicting.js'
import { checkRuns } from './check-runs.js'
import { checkEnvironment, checkFileSystem } from './check-surroundings.js'
import type { Check } from './examination.js'
import { isPythonInUse } from './python-in-use.js'
import { tryBundles } from './try-bundles.js'

const CHECKS: readonly Check[] = [
  checkEligibility,
  checkInvalid,
  checkBundleWarnings,
  checkActive,
  checkLoads,
  checkHistory,
  checkOtherWriters,
  checkFileSystem,
  checkLeftovers,
  checkStrangers,
  checkRuns,
  checkPythonReadable,
  checkOptionalParts,
  checkEnvironment,
]

const LEVELS = ['error', 'warning', 'note']

/** Reads everything once and lets each check look at it; worst first. */
export async function run(
  _options: GlobalOptions,
  { settings, env, progress }: Context,
): Promise<Outcome<Doctor>> {
  const [{ policy }, requirement] = [await settings.policy(), await settings.requirement()]
  const modelsDir = lookAtModelsDir(settings.modelsDir)
  const look = await lookAtActive(modelsDir, requirement)
  // Where the system does not say what is active, all else would be a guess.
  if (look.state === 'unknown') throw look.error
  const { active } = look
  const bundles = await listBundles(modelsDir)
  const history = await readHistory(modelsDir)
  const tried = await tryBundles(bundles, active, checksOf({ unchecked: false }, settings), progress)
  const report = selectBest(bundles, policy, requirement, {
    withdrawn: await readWithdrawn(modelsDir, active),
  })
  const examination = {
    layout: modelsDir,
    bundles,
    active,
    look,
    history,
    report,
    tried,
    runsDir: settings.runsDir,
    // A runs dir that cannot be read is no matter of the models; taskclf runs list says so.
    runs: await listRuns(settings.runsDir).catch(() => []),
    env,
    pythonInUse: isPythonInUse({ active, history, layout: modelsDir }, settings),
  }
  const said = [
    ...CHECKS.flatMap((check) => check(examination)),
    // Only what was loaded can be asked; that not all were is said above.
    ...(await checkPredicting(
      bundles.filter(({ modelId }) => tried.results.has(modelId)),
      settings,
    )),
  ]
  const findings = said.sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
  const ok = findings.every(({ level }) => level !== 'error')
  return { data: { models_dir: modelsDir.root, ok, findings }, exitCode: ok ? EXIT.done : EXIT.no, notes: [] }
}
