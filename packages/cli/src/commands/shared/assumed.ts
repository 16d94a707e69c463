import { loadPredictor, type PredictorNote } from '@taskclf/predictor'
import type { LocalValidBundle } from '@taskclf/registry-core'
import type { Settings } from '@taskclf/settings'
import { loadersOf } from './checks.js'

/**
 * What predicting with this bundle has to assume. Of one that cannot be loaded nothing is said here.
 */
export async function assumedOf(
  bundle: LocalValidBundle,
  settings: Settings,
): Promise<(PredictorNote & { columns: string[] })[]> {
  const { pythonInterop } = settings
  const loaders = await loadersOf(settings)
  try {
    await using predictor = await loadPredictor(bundle, { pythonInterop, loaders })
    return predictor.notes.map((note) => ({ ...note, columns: [...note.columns] }))
  } catch {
    return []
  }
}
