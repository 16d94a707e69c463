import type { LocalValidBundle, ValidBundle } from '@taskclf/registry-core'
import { answersOf } from './answers.js'
import { openBundleFiles } from './bundle-files.js'
import { BundlePredictor } from './bundle-predictor.js'
import { PredictorError } from './errors.js'
import { loadRuntime } from './load-runtime.js'
import { missingNotes, missingRule } from './missing-rule.js'
import { type Predictor, type PredictorNote, REJECT_LABEL } from './predictor.js'
import { RowEncoder } from './row-encoder.js'
import type { ModelTask, RuntimeLoaders } from './runtime.js'
import { vocabulariesOf } from './vocabularies.js'

/** How {@link loadPredictor} makes a predictor. */
export interface LoadPredictorOptions {
  /** Loaders of further model files. `model.txt` is LightGBM's text format unless one is given for it here. */
  loaders?: RuntimeLoaders
  /** Instead of the bundle's own; null: reject nothing. */
  rejectThreshold?: number | null
  /**
   * Bundles of the Python project (`train_date_from`, no `preprocessing`) predict as it does: a missing number is 0. Default
   * false: missing numbers reach the model, as it was trained.
   */
  pythonInterop?: boolean
  /**
   * The bundle's files as `readBundleContent` gave them, which has compared them with the manifest: they are loaded as they
   * are, and nothing is read from disk.
   */
  bytes?: ReadonlyMap<string, Uint8Array>
  /** Without `bytes`: whether the files are compared with the bundle's manifest as they are read. Default true. */
  verify?: boolean
  /** Gives up: the promise is rejected with the signal's reason, and a runtime that comes later is disposed of. */
  signal?: AbortSignal
}

/**
 * Makes one predicting unit of a bundle: its columns by name, its vocabularies, its way with missing numbers, its model (the
 * first artifact that a loader knows), what its outputs are and its reject threshold. `label_set` names a classifier's outputs in
 * their order; a model with one output gives the probability of the second of two labels.
 *
 * @throws PredictorError `no_loader`, `integrity_mismatch`, `io`, `load_failed`, `not_a_classifier`, `encoders_invalid`,
 * `outputs_contradict_labels`, `outputs_contradict_task`, `invalid_threshold`.
 * @example
 * ```ts
 * const bundle = await readBundle('models/2026-03-02_031009_run-8935')
 * if (bundle.status === 'valid') {
 *   await using predictor = await loadPredictor(bundle)
 *   const [answer] = await predictor.predict([row])
 *   console.log(answer?.label, answer?.confidence)
 * }
 * ```
 */
export async function loadPredictor(
  bundle: LocalValidBundle,
  { loaders = {}, rejectThreshold, pythonInterop = false, bytes, verify, signal }: LoadPredictorOptions = {},
): Promise<Predictor> {
  const files = await openBundleFiles(bundle, { bytes, verify, signal })
  const { name: artifact, runtime } = await loadRuntime(bundle, files, loaders, signal)
  try {
    const answers = answersOf(bundle, runtime)
    const threshold = thresholdOf(bundle, answers.task, rejectThreshold)
    checkRejectLabel(bundle, threshold, answers.outputs)
    const rule = missingRule(bundle, pythonInterop)
    const { vocabularies, notes: taken } = vocabulariesOf({
      modelId: bundle.modelId,
      artifact,
      runtime,
      encoders: bundle.encoders ?? {},
    })
    const encoder = new RowEncoder(runtime.featureNames, vocabularies, rule.value, runtime.unnamed)
    const notes = [
      ...artifactNotes(bundle, artifact),
      ...answers.notes,
      ...placeNotes(artifact, encoder),
      ...missingNotes(rule, runtime, encoder),
      ...taken,
    ]
    return new BundlePredictor({
      bundle,
      artifact,
      runtime,
      encoder,
      answers,
      rejectThreshold: threshold,
      notes,
    })
  } catch (error) {
    await runtime.dispose?.()
    throw error
  }
}

/** Only a classifier rejects. */
function thresholdOf(
  { modelId, metadata }: ValidBundle,
  task: ModelTask,
  given: number | null | undefined,
): number | null {
  if (given !== undefined && given !== null) {
    if (task !== 'classification') {
      const message = `${modelId} answers ${task === 'regression' ? 'values' : 'scores'}, which no reject threshold is for; leave it out`
      throw new PredictorError('invalid_threshold', message)
    }
    if (!(given >= 0 && given <= 1)) {
      const message = `the reject threshold ${given} is not a probability; give a number from 0 to 1, or null to reject nothing`
      throw new PredictorError('invalid_threshold', message)
    }
  }
  if (task !== 'classification') return null
  return (given === undefined ? metadata.reject_threshold : given) ?? null
}

/** A threshold of 0 rejects nothing either. */
function checkRejectLabel(bundle: ValidBundle, threshold: number | null, labels: readonly string[]): void {
  const rejectLabel = bundle.metadata.reject_label ?? REJECT_LABEL
  if (threshold === null || threshold === 0 || !labels.includes(rejectLabel)) return
  const message = `${bundle.modelId}: rows below the reject threshold ${threshold} would be called ${rejectLabel}, which is a label of the model; give another reject_label, or reject nothing`
  throw new PredictorError('invalid_threshold', message, { details: { reject_label: rejectLabel } })
}

/** Of several model files one is loaded, which need not be the one that somebody meant. */
function artifactNotes({ artifacts }: ValidBundle, artifact: string): PredictorNote[] {
  if (artifacts.length === 1) return []
  const message = `${artifact} was loaded, the first of ${artifacts.join(', ')} that a loader is there for`
  return [{ code: 'artifact_chosen', message, columns: [] }]
}

/** What has no name cannot be compared with the names of a row. */
function placeNotes(artifact: string, { byPlace }: RowEncoder): PredictorNote[] {
  if (byPlace.length === 0) return []
  const message = `${artifact} has no readable name for ${byPlace.join(', ')}; a row without these names gives every column of the model and no other, in its order`
  return [{ code: 'columns_by_place', message, columns: byPlace }]
}
