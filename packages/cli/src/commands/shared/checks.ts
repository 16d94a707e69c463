import { predictorChecks } from '@taskclf/predictor'
import type { BundleChecks, CheckedBundle } from '@taskclf/registry-core'
import type { Note } from '../../command.js'
import type { Settings } from '../../settings.js'

/** How a bundle is tried before it may serve: loaded, and held to its own self-test. */
export function checksOf(
  { unchecked }: { unchecked: boolean },
  { checks, pythonInterop }: Settings,
): BundleChecks {
  return predictorChecks({ allowUnchecked: unchecked || checks === 'if_possible', pythonInterop })
}

/** What the history keeps of a check. */
export function checkRecord(result: CheckedBundle['result']): { status: string; code?: string } {
  return { status: result.status, ...('code' in result && { code: result.code }) }
}

/** A model that serves untried is said to. */
export function uncheckedNotes(result: CheckedBundle['result']): Note[] {
  if (result.status !== 'not_checked') return []
  return [{ level: 'warning', code: 'not_checked', message: `it was not tried: ${result.message}` }]
}
