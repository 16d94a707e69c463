import { textOfBytes } from './decode-source.js'
import { LightgbmError } from './errors.js'
import type { LineReader } from './line-reader.js'
import type { ParsedTree, ParsedTrees } from './tree.js'

const MARK = '\npandas_categorical:'

/** The places of the features that training treated as categorical; none when the file does not say. */
export function parseDeclaredCategorical(text: string, { end }: ParsedTrees): number[] {
  const places = /\n\[categorical_feature: (\d+(?:,\d+)*)\]\n/.exec(text.slice(end))?.[1]
  return places === undefined ? [] : places.split(',').map(Number)
}

/** The JSON value after `pandas_categorical:`, or null without such a line. Nothing else below the trees matters to predictions. */
export function parsePandasCategorical(reader: LineReader, parsed: ParsedTrees, isOld: boolean): unknown {
  const { text, isBytes } = reader
  const lacks = lackOf(text.slice(parsed.end), parsed.trees, isOld)
  if (lacks !== undefined) {
    const message = `the file ends below its trees, without ${lacks}; copy it again from where it was trained`
    throw new LightgbmError('truncated', message, { line: lineAt(text, text.length), field: 'end of file' })
  }
  const at = text.lastIndexOf(MARK)
  if (at < parsed.end) return null
  const start = at + MARK.length
  const newline = text.indexOf('\n', start)
  const value = text.slice(start, newline < 0 ? text.length : newline)
  try {
    return JSON.parse((isBytes ? textOfBytes(value) : value) ?? '')
  } catch (cause) {
    const message =
      'the value is not JSON; the file is damaged (the trees are whole: mend or remove this last line)'
    throw new LightgbmError('malformed_json', message, {
      line: lineAt(text, start),
      field: 'pandas_categorical',
      cause,
    })
  }
}

const IMPORTANCES = '\nfeature_importances:\n'
const PARAMETERS = '\nparameters:\n'

/**
 * What LightGBM writes below the trees decides no prediction, but a file that ends within it was cut off: who knows what of.
 * A trailer of which no part was begun may be absent; old files end in many ways, and their last line without a newline.
 */
function lackOf(trailer: string, trees: readonly ParsedTree[], isOld: boolean): string | undefined {
  const lastLine = trailer.slice(trailer.lastIndexOf('\n'))
  if (!/^\n?$/.test(lastLine) && !(isOld && lastLine.startsWith(MARK))) return 'the end of its last line'
  if (trailer.includes(PARAMETERS)) {
    return trailer.includes('\nend of parameters\n') ? undefined : '`end of parameters`'
  }
  if (isOld || !trailer.includes(IMPORTANCES) || trailer.includes(MARK)) return undefined
  return isWholeList(trailer, trees) ? undefined : '`parameters:`'
}

/** Whether each feature that the trees ask has its importance, and no category can be in want of its name. */
function isWholeList(trailer: string, trees: readonly ParsedTree[]): boolean {
  const lines = trailer.slice(trailer.indexOf(IMPORTANCES) + IMPORTANCES.length).split('\n')
  const asked = new Set(trees.flatMap(({ feature }) => [...feature]))
  const hasCategories = trees.some(({ setWords }) => setWords.length > 0)
  return !hasCategories && lines.filter((line) => /=\d+$/.test(line)).length === asked.size
}

function lineAt(text: string, place: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < place; at = text.indexOf('\n', at + 1)) line += 1
  return line
}
