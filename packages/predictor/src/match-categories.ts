import { type CategoryList, vocabularyIn, vocabularyOf } from './category-list.js'
import type { Vocabulary } from './encode-cell.js'
import type { ModelCategories } from './runtime.js'

/** Columns with the vocabularies that are given for them, and what the model says of its categories. */
export interface Columns {
  texts: readonly (readonly string[] | undefined)[]
  features: ModelCategories['features']
  lists: readonly CategoryList[]
}

/** By the column's place, the vocabulary with the model's codes, or the list that the given one contradicts. */
export type Matched = ReadonlyMap<number, { list: CategoryList; vocabulary: Vocabulary | undefined }>

/**
 * Which columns the model's lists belong to; undefined where that cannot be said for sure. A file has one list for each column
 * of type category, in their order, without names. LightGBM makes features of those columns categorical, but not when they
 * are ordered, and training may name others: then vocabularies for all of the lists must tell.
 */
export function matchCategories(columns: Columns): Matched | undefined {
  const byPlace = matchByPlace(columns)
  const isSound = byPlace !== undefined && [...byPlace.values()].every((each) => each.vocabulary)
  return isSound ? byPlace : (matchByTexts(columns) ?? byPlace)
}

/** Whether a feature can have been trained with codes below `count`. */
export function fits({ range }: ModelCategories['features'][number], count: number): boolean {
  return range === null || (range.every(Number.isInteger) && range[0] >= -1 && range[1] < count)
}

function matchByPlace({ texts, features, lists }: Columns): Matched | undefined {
  const places = features.flatMap(({ isCategorical }, c) => (isCategorical ? [c] : []))
  const matched = new Map(places.map((c, i) => [c, lists[i] as CategoryList]))
  if (places.length !== lists.length) return undefined
  const doFit = places.every((c, i) => fits(features[c] as never, (lists[i] as CategoryList).length))
  if (!doFit) return undefined
  const entries = [...matched].map(([c, list]) => {
    const given = texts[c]
    return [c, { list, vocabulary: given ? vocabularyIn(given, list) : vocabularyOf(list) }] as const
  })
  return new Map(entries)
}

/** Every list in the order of a vocabulary of its own, and no categorical column left whose texts are those of a list. */
function matchByTexts({ texts, features, lists }: Columns): Matched | undefined {
  const matched = new Map<number, { list: CategoryList; vocabulary: Vocabulary }>()
  let c = 0
  for (const list of lists) {
    let vocabulary: Vocabulary | undefined
    for (; c < texts.length && vocabulary === undefined; c++) {
      const given = texts[c]
      if (given === undefined || !fits(features[c] as never, list.length)) continue
      vocabulary = vocabularyIn(given, list)
      if (vocabulary !== undefined) matched.set(c, { list, vocabulary })
    }
    if (vocabulary === undefined) return undefined
  }
  const known = new Set(lists.flat().map(String))
  const isLeft = (place: number) => features[place]?.isCategorical === true && !matched.has(place)
  const isDoubtful = texts.some((given, place) => isLeft(place) && given?.some((text) => known.has(text)))
  return isDoubtful ? undefined : matched
}
