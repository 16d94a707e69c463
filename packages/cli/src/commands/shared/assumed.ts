import { type LoadPredictorOptions, loadPredictor, type PredictorNote } from '@taskclf/predictor'
import type { LocalValidBundle } from '@taskclf/registry-core'

/**
 * What predicting with this bundle has to assume. Of one that cannot be loaded nothing is said here.
 */
export async function assumedOf(
  bundle: LocalValidBundle,
  options: Pick<LoadPredictorOptions, 'pythonInterop'>,
): Promise<(PredictorNote & { columns: string[] })[]> {
  try {
    await using predictor = await loadPredictor(bundle, options)
    return predictor.notes.map((note) => ({ ...note, columns: [...note.columns] }))
  } catch {
    return []
  }
}
