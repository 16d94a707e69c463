import { createVocabulary, DECIMAL, UNKNOWN, type Vocabulary } from './encode-cell.js'

/** The categories of a column in the order of their codes, as the model file has them. */
export type CategoryList = readonly (string | number | boolean)[]

/** Whether a value is a list of such lists. */
export function areCategoryLists(value: unknown): value is CategoryList[] {
  const isList = (list: unknown) =>
    Array.isArray(list) && list.every((each) => ['string', 'number', 'boolean'].includes(typeof each))
  return Array.isArray(value) && value.every(isList)
}

/** The vocabulary that a list is; undefined when two of its categories are spelled alike in rows. */
export function vocabularyOf(list: CategoryList): Vocabulary | undefined {
  const codes = spelled(list)
  const isClear = new Set(list.map(String)).size === list.length && list.every(isExact)
  return isClear ? withCodes(codes, list, Number.NaN) : undefined
}

/**
 * The vocabulary of texts whose codes are those of the list; undefined when they are others. Texts beyond the list are
 * known, though the model never saw them: to it they are missing, as in pandas.
 */
export function vocabularyIn(texts: readonly string[], list: CategoryList): Vocabulary | undefined {
  if (!list.every(isExact)) return undefined
  const isInOrder =
    texts.length >= list.length && list.every((each, i) => isSpelling(texts[i] as string, each))
  if (!isInOrder) return vocabularyOfPlaces(texts, list)
  const codes = texts.map((text, i): [string, number] => [text, i < list.length ? i : Number.NaN])
  const all = new Map([...codes, ...spelled(list)])
  return withCodes(all, list, all.get(UNKNOWN) ?? Number.NaN)
}

/** pandas was given the places of the texts, and took those for the categories. */
function vocabularyOfPlaces(texts: readonly string[], list: CategoryList): Vocabulary | undefined {
  const isPlace = (each: unknown) =>
    Number.isInteger(each) && (each as number) >= 0 && (each as number) < texts.length
  if (list.length === 0 || !list.every(isPlace) || texts.some((text) => DECIMAL.test(text))) return undefined
  const codes = new Map(list.map((place, code) => [texts[place as number] as string, code]))
  const { codes: known } = createVocabulary(texts)
  const all = new Map([...known.keys()].map((text) => [text, codes.get(text) ?? Number.NaN]))
  return withCodes(all, [], all.get(UNKNOWN) ?? Number.NaN)
}

function withCodes(codes: ReadonlyMap<string, number>, list: CategoryList, unknown: number): Vocabulary {
  const isNumeric = list.length > 0 && list.every((each) => typeof each === 'number')
  return { codes, unknown, missing: codes.get('') ?? unknown, isNumeric }
}

/** Beyond these, two integers that differ are one number. */
const isExact = (each: unknown) => !Number.isInteger(each) || Number.isSafeInteger(each)

const spelled = (list: CategoryList) =>
  new Map(list.flatMap((each, code) => spellings(each).map((text): [string, number] => [text, code])))

/** As JSON and Python write it. */
function spellings(category: string | number | boolean): string[] {
  if (typeof category !== 'boolean') return [String(category)]
  return category ? ['true', 'True'] : ['false', 'False']
}

function isSpelling(text: string, category: string | number | boolean): boolean {
  if (typeof category === 'number') return DECIMAL.test(text) && Number(text) === category
  if (typeof category === 'boolean') return [...spellings(category), String(Number(category))].includes(text)
  return text === category
}
