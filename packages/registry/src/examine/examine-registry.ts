import {
  ActivePointerError,
  type ActiveState,
  type History,
  readHistory,
  readWithdrawn,
} from '@taskclf/active-pointer'
import { lookAtActive } from '@taskclf/infer-resolver'
import {
  type BundleChecks,
  type LocalBundle,
  type LocalValidBundle,
  listBundles,
  lookAtModelsDir,
  type ModelsDirLike,
  type ModelsDirLook,
} from '@taskclf/registry-core'
import { listRuns, type RunsError } from '@taskclf/runs'
import { type Policy, type Requirement, selectBest } from '@taskclf/selection-policy'
import { checkActive } from './check-active.js'
import { checkBundleWarnings, checkEligibility, checkInvalid } from './check-bundles.js'
import { checkOptionalParts, checkPolicyCanUse, checkPythonReadable } from './check-consumers.js'
import { checkFileSystem } from './check-file-system.js'
import { checkHistory } from './check-history.js'
import { checkIndex } from './check-index.js'
import { checkLeftovers, checkStrangers } from './check-leftovers.js'
import { checkLoads } from './check-loads.js'
import { checkOtherWriters } from './check-other-writers.js'
import { checkRuns } from './check-runs.js'
import type { Check, Examination, Finding } from './examination.js'
import { isPythonInUse } from './python-in-use.js'
import { tryBundles } from './try-bundles.js'
import { worstFirst } from './worst-first.js'

/** What is examined besides the models dir, and how. */
export interface ExamineOptions {
  /** Where trainers run. Default: no runs are looked at. */
  runsDir?: string
  /** Whether the Python project shares this models dir, whatever the traces in it say (default `false`). */
  pythonInterop?: boolean
  /** Hears of each model before it is loaded. */
  onProgress?: (modelId: string, at: number, of: number) => void
}

/** What an examination found. */
export interface RegistryExamination {
  modelsDir: ModelsDirLook
  /** Worst first. */
  findings: readonly Finding[]
  /** Everything in the models dir that is a bundle, or should be one. */
  bundles: readonly LocalBundle[]
  /** The models that were loaded: the active one and the newest. */
  loaded: readonly LocalValidBundle[]
}

const CHECKS: readonly Check[] = [
  checkEligibility,
  checkInvalid,
  checkBundleWarnings,
  checkActive,
  checkLoads,
  checkHistory,
  checkOtherWriters,
  checkFileSystem,
  checkIndex,
  checkLeftovers,
  checkStrangers,
  checkRuns,
  checkPolicyCanUse,
  checkPythonReadable,
  checkOptionalParts,
]

/**
 * Reads everything once and lets each check look at it; changes nothing.
 *
 * @throws ActivePointerError, ResolveError, RegistryError `io` where the system does not say what is active: all else would be a guess.
 */
export async function examineRegistry(
  modelsDir: ModelsDirLike,
  { policy, requirement, checks }: { policy: Policy; requirement: Requirement; checks?: BundleChecks },
  { runsDir, pythonInterop = false, onProgress = () => {} }: ExamineOptions = {},
): Promise<RegistryExamination> {
  const dir = lookAtModelsDir(modelsDir)
  const look = await lookAtActive(dir, requirement)
  if (look.state === 'unknown') throw look.error
  const { active } = look
  const bundles = await listBundles(dir)
  const past = await readPast(dir, active)
  const tried = await tryBundles(dir, bundles, active, checks, onProgress)
  const examination = {
    layout: dir,
    bundles,
    active,
    look,
    ...past,
    report: selectBest(bundles, policy, requirement, { withdrawn: past.withdrawn }),
    tried,
    runsDir: runsDir ?? '',
    runs: runsDir === undefined ? [] : await listRuns(runsDir).catch((error: RunsError) => error),
    pythonInUse: isPythonInUse({ active, history: past.history, layout: dir }, pythonInterop),
  }
  const findings = worstFirst(CHECKS.flatMap((check) => check(examination)))
  const loaded = bundles.filter((bundle) => bundle.status === 'valid' && tried.results.has(bundle.modelId))
  return { modelsDir: dir, findings, bundles, loaded: loaded as LocalValidBundle[] }
}

const NO_HISTORY: History = { entries: [], problems: [], warnings: [] }

/** What the history says. That it cannot be read is a finding: the pointer and the models are examined all the same. */
async function readPast(
  dir: ModelsDirLook,
  active: ActiveState,
): Promise<Pick<Examination, 'history' | 'historyError'> & { withdrawn: readonly string[] }> {
  try {
    return { history: await readHistory(dir), withdrawn: await readWithdrawn(dir, active) }
  } catch (error) {
    if (!(error instanceof ActivePointerError) || error.code !== 'io') throw error
    return { history: NO_HISTORY, historyError: error, withdrawn: [] }
  }
}
