import { nearestName } from '@taskclf/errors'
import { BUNDLE_FILES, type CategoricalEncoders } from '@taskclf/registry-core'
import type { CategoryList } from './category-list.js'
import { createVocabulary, type Vocabulary } from './encode-cell.js'
import { PredictorError } from './errors.js'
import { fits, matchCategories } from './match-categories.js'
import type { PredictorNote } from './predictor.js'
import { asFeatureName } from './row-encoder.js'
import type { Runtime } from './runtime.js'

/** What vocabularies are made of. */
export interface VocabularyParts {
  modelId: string
  artifact: string
  runtime: Runtime
  encoders: CategoricalEncoders
}

/** One for each column that has any, and what had to be taken from the model. */
export interface Vocabularies {
  vocabularies: readonly (Vocabulary | undefined)[]
  notes: readonly PredictorNote[]
}

const FILE = BUNDLE_FILES.encoders

/** Holds the bundle's vocabularies to what the model says of its categories, and takes from it those that the bundle lacks. */
export function vocabulariesOf({ modelId, artifact, runtime, encoders }: VocabularyParts): Vocabularies {
  const columns = runtime.featureNames
  const refuse = (why: string, names: readonly string[]) =>
    new PredictorError('encoders_invalid', `${modelId}: ${why}`, { columns: names })
  const texts = textsOf(columns, encoders, refuse)
  const { features, lists } = runtime.categories ?? { features: [], lists: null }
  const matched = lists === null ? new Map() : matchCategories({ texts, features, lists })
  if (matched === undefined) throw refuse(unmatched(artifact, lists ?? []), [])
  const vocabularies = columns.map((column, c) => {
    const [given, found] = [texts[c], matched.get(c)]
    if (found !== undefined) {
      if (found.vocabulary !== undefined) return found.vocabulary
      throw refuse(contradicted(artifact, column, given, found.list), [column])
    }
    const feature = features[c]
    if (given === undefined || feature === undefined || fits(feature, given.length)) {
      return given && createVocabulary(given)
    }
    const trained = feature.range?.join(' to ')
    const why = `${FILE} gives ${column} ${given.length} texts, but ${artifact} was trained with values from ${trained} there; write all that it was trained with, in the order of their codes`
    throw refuse(why, [column])
  })
  const taken = columns.filter((_, c) => texts[c] === undefined && vocabularies[c] !== undefined)
  return { vocabularies, notes: takenNotes(artifact, taken) }
}

type Refuse = (why: string, columns: readonly string[]) => PredictorError

/** The given texts of each column, by whichever of its names the file has it. */
function textsOf(columns: readonly string[], encoders: CategoricalEncoders, refuse: Refuse) {
  const byFeature = new Map(Object.entries(encoders).map(([name, texts]) => [asFeatureName(name), texts]))
  const known = new Set(columns.map(asFeatureName))
  for (const [name, texts] of Object.entries(encoders)) {
    if (!known.has(asFeatureName(name))) {
      const near = nearestName(name, columns)
      const meant = near === undefined ? '' : ` (did you mean ${near}?)`
      throw refuse(
        `${FILE} names ${name}, which is not a column of the model${meant}; correct or remove it`,
        [name],
      )
    }
    if (texts.length === 0)
      throw refuse(`${FILE} has no text for ${name}; write all that the model was trained with`, [name])
  }
  return columns.map((column) =>
    Object.hasOwn(encoders, column) ? encoders[column] : byFeature.get(asFeatureName(column)),
  )
}

function contradicted(
  artifact: string,
  column: string,
  given: readonly string[] | undefined,
  list: CategoryList,
): string {
  if (given === undefined) {
    return `${artifact} lists the categories ${show(list)} of ${column}, which rows cannot tell apart; train it with texts`
  }
  return `${FILE} gives ${column} the order ${show(given)}, but ${artifact} was trained with ${show(list)}; write that order, or leave ${column} out to take it from the model`
}

function unmatched(artifact: string, lists: readonly CategoryList[]): string {
  const all = lists.map(show).join(' and ')
  return `${artifact} was trained with ${lists.length} columns of categories, ${all}, but does not say which columns they are; write each of them into ${FILE}, in that order of its texts`
}

function takenNotes(artifact: string, columns: readonly string[]): PredictorNote[] {
  if (columns.length === 0) return []
  const message = `the vocabulary of ${columns.join(', ')} is taken from ${artifact}, as ${FILE} has none`
  return [{ code: 'categories_from_model', message, columns }]
}

const MOST_SHOWN = 12

function show(list: CategoryList): string {
  const shown = list.slice(0, MOST_SHOWN).map((each) => JSON.stringify(each))
  return `[${shown.join(', ')}${list.length > MOST_SHOWN ? ', …' : ''}]`
}
