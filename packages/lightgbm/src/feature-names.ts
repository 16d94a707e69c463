import { textOfBytes } from './decode-source.js'
import type { Field } from './line-reader.js'

/** The entries of `feature_names`. */
export interface FeatureNames {
  readonly featureNames: readonly string[]
  /** Places of the names that are not UTF-8. */
  readonly unreadableNames: readonly number[]
}

/** Reads the names; where the characters are bytes, a name that is not UTF-8 is written with `\xNN` for what is not ASCII. */
export function readFeatureNames({ text, start, end }: Field, isBytes: boolean): FeatureNames {
  const words = text.slice(start, end).split(' ').filter(Boolean)
  const names = isBytes ? words.map(textOfBytes) : words
  const featureNames = names.map((name, i) => name ?? escapeBytes(words[i] as string))
  const unreadableNames = names.flatMap((name, i) => (name === undefined ? [i] : []))
  return {
    featureNames: Object.freeze(detach(featureNames)),
    unreadableNames: Object.freeze(unreadableNames),
  }
}

function escapeBytes(word: string): string {
  return word.replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`)
}

/** A substring keeps the text it was cut from alive; a copy lets the file go. */
function detach(names: string[]): string[] {
  return JSON.parse(JSON.stringify(names)) as string[]
}
