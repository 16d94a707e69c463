import { readRowBatches } from '@taskclf/dataset'
import type { ModelDiff } from '@taskclf/documents'
import { loadPredictor, type Prediction, type Predictor, PredictorError } from '@taskclf/predictor'
import { type Registry, RegistryUseError } from '@taskclf/registry'
import type { Settings } from '@taskclf/settings'
import type { Context } from '../../../command.js'
import { loadersOf } from '../../shared/checks.js'
import type { Place } from '../../shared/place.js'

type Comparison = NonNullable<ModelDiff['predictions']>
type Cells = Parameters<Predictor['predict']>[0][number]

/** How far two models agree on rows; a row that one of them refuses is counted, and not compared. */
export async function comparePredictions(
  registry: Registry,
  [one, other]: readonly [string, string],
  { path, format }: Place,
  { settings, pipes, progress }: Context,
): Promise<Comparison> {
  await using a = await load(registry, one, settings)
  await using b = await load(registry, other, settings)
  const found: Comparison = { rows: 0, refused: 0, agree: 0, largest_difference: null }
  for await (const rows of readRowBatches(path ?? pipes.stdin(), format)) {
    for (const { values } of rows) count(found, await answer(a, values), await answer(b, values))
    progress.update(`${(found.rows + found.refused).toLocaleString('en')} rows`)
  }
  return found
}

async function load(registry: Registry, modelId: string, settings: Settings): Promise<Predictor> {
  const bundle = await registry.read(modelId)
  if (bundle.status === 'invalid') {
    const why = bundle.problems.map(({ message }) => message).join('; ')
    throw new RegistryUseError('invalid_bundle', `${modelId} is not a valid bundle: ${why}`)
  }
  // The model is read when it is loaded.
  await using fetched = await registry.fetch(bundle)
  const { pythonInterop } = settings
  return await loadPredictor(fetched.bundle, { pythonInterop, loaders: await loadersOf(settings) })
}

async function answer(predictor: Predictor, row: Cells): Promise<Prediction | undefined> {
  try {
    return (await predictor.predict([row]))[0]
  } catch (error) {
    if (error instanceof PredictorError && (error.code === 'bad_row' || error.code === 'bad_value'))
      return undefined
    throw error
  }
}

function count(found: Comparison, one: Prediction | undefined, other: Prediction | undefined): void {
  if (one === undefined || other === undefined) {
    found.refused++
    return
  }
  found.rows++
  const [a, b] = [numbersOf(one), numbersOf(other)]
  const apart = a.length === b.length ? a.map((x, i) => Math.abs(x - (b[i] as number))) : undefined
  const isAlike =
    one.label === undefined ? apart?.every((difference) => difference === 0) : one.label === other.label
  if (isAlike) found.agree++
  if (apart) found.largest_difference = Math.max(found.largest_difference ?? 0, ...apart)
}

function numbersOf({ probabilities, scores, value }: Prediction): readonly number[] {
  return probabilities ?? scores ?? [value as number]
}
