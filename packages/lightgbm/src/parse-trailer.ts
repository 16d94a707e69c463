import { LightgbmError } from './errors.js'
import type { LineReader } from './line-reader.js'

const MARK = '\npandas_categorical:'

/** The places of the features that training treated as categorical; none when the file does not say. */
export function parseDeclaredCategorical({ text, end }: LineReader): number[] {
  const places = /\n\[categorical_feature: (\d+(?:,\d+)*)\]\n/.exec(text.slice(end))?.[1]
  return places === undefined ? [] : places.split(',').map(Number)
}

/** The JSON value after `pandas_categorical:`, or null without such a line. Nothing else below the trees matters to predictions. */
export function parsePandasCategorical(reader: LineReader): unknown {
  const { text } = reader
  checkWhole(reader)
  const at = text.lastIndexOf(MARK)
  if (at < reader.end) return null
  const start = at + MARK.length
  const newline = text.indexOf('\n', start)
  try {
    return JSON.parse(text.slice(start, newline < 0 ? text.length : newline))
  } catch (cause) {
    const message =
      'the value is not JSON; the file is damaged (the trees are whole: mend or remove this last line)'
    throw new LightgbmError('malformed_json', message, {
      line: reader.line + countNewlines(text, reader.end, start),
      field: 'pandas_categorical',
      cause,
    })
  }
}

const IMPORTANCES = '\nfeature_importances:\n'
const PARAMETERS = '\nparameters:\n'

/**
 * What LightGBM writes below the trees decides no prediction, but a file that ends within it was cut off: who knows what of.
 * A trailer of which no part was begun may be absent.
 */
function checkWhole(reader: LineReader): void {
  const trailer = reader.text.slice(reader.end)
  const lacks = !/^$|\n$/.test(trailer)
    ? 'the end of its last line'
    : trailer.includes(PARAMETERS) && !trailer.includes('\nend of parameters\n')
      ? '`end of parameters`'
      : trailer.includes(IMPORTANCES) && !trailer.includes(PARAMETERS) && !trailer.includes(MARK)
        ? '`parameters:`'
        : undefined
  if (lacks === undefined) return
  const message = `the file ends below its trees, without ${lacks}; copy it again from where it was trained`
  throw new LightgbmError('truncated', message, {
    line: reader.line + countNewlines(reader.text, reader.end, reader.text.length),
    field: 'end of file',
  })
}

function countNewlines(text: string, start: number, end: number): number {
  let count = 0
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
